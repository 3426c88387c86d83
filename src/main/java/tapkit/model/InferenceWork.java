package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import tapkit.grid.Grid;

/**
 * What an inference cannot do without on the vector kernels: the weights that it reads, and the multiply-adds. Zeros that go in are
 * skipped, so their weights are not counted.
 *
 * @param weights      of the network
 * @param sweeps       in the order in which they are read
 * @param multiplyAdds of matrices with vectors; activations come on top
 */
public record InferenceWork(long weights, List<Sweep> sweeps, long multiplyAdds) {
    /** So many bytes that are read again and again before the next ones are. */
    public record Sweep(long bytes, int times) {
    }

    public InferenceWork {
        sweeps = List.copyOf(sweeps);
    }

    /** Bytes of weights that an inference reads. */
    public long bytes() {
        return sweeps.stream().mapToLong(sweep -> sweep.bytes() * sweep.times()).sum();
    }

    /**
     * Of a bidirectional network over a sequence.
     *
     * @param active features of a step that are not 0, on average
     */
    public static InferenceWork of(LstmConfig config, Precision precision, int steps, double active) {
        Count count = new Count(precision);
        int h = config.hidden();
        int groups = LstmState.padded(steps) / LstmState.STEP_BLOCK;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int direction = 0; direction < 2; direction++) {
                if (layer == 0) {
                    count.sweep(4 * h * active, steps, steps);
                } else {
                    count.sweep(4 * h * config.inputs(layer), groups, steps);
                }
                count.sweep(4 * h * h, steps - 1, steps - 1);
            }
        }
        count.sweep(config.outputs() * 2 * h, groups, steps);
        return count.of(config.shapes().values());
    }

    /**
     * Of the paper's Seq2Seq.
     *
     * @param forward steps that the encoder has not read yet in this direction; all 32, or fewer where it goes on
     * @param read    columns of a step that is read that are not 0, on average
     * @param told    columns of a step that the decoder is told that are not 0, on average
     */
    public static InferenceWork of(Seq2SeqConfig config, Precision precision, int forward, double read, double told) {
        Count count = new Count(precision);
        int e = config.encoder();
        int d = config.decoder();
        for (int steps : new int[]{forward, Grid.STEPS}) {
            int recurrent = steps == Grid.STEPS ? steps - 1 : steps;
            count.sweep(4 * e * read, steps, steps);
            count.sweep(4 * e * e, recurrent, recurrent);
        }
        count.sweep(config.embedded() * 2 * e, 1, 1);
        count.sweep(4 * d * config.latent() + config.layers() * 2 * d * config.latent(), 1, 1);
        count.sweep(4 * d * (told + d) + (config.layers() - 1) * 8.0 * d * d + Seq2SeqConfig.COLUMNS * d, Grid.STEPS,
                Grid.STEPS);
        return count.of(config.shapes().values());
    }

    private static final class Count {
        private final Precision precision;
        private final List<Sweep> sweeps = new ArrayList<>();
        private double multiplyAdds;

        private Count(Precision precision) {
            this.precision = precision;
        }

        private void sweep(double weights, int times, int steps) {
            sweeps.add(new Sweep(Math.round(weights * precision.bytes()), times));
            multiplyAdds += weights * steps;
        }

        private InferenceWork of(Iterable<List<Integer>> shapes) {
            long weights = 0;
            for (List<Integer> shape : shapes) {
                weights += Tensor.count(shape);
            }
            return new InferenceWork(weights, sweeps, Math.round(multiplyAdds));
        }
    }
}

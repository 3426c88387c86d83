package tapkit.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tapkit.grid.Grid;
import tapkit.grid.Piece;
import tapkit.grid.TapWindow;

/** Models with random weights and random taps, for tests of everything that needs a model but not its music. */
public final class RandomModels {
    private RandomModels() {
    }

    /** Weights of a network's usual size at the start of training: some cells of the answer pass, some don't. */
    public static List<Tensor> tensors(LstmConfig config, long seed) {
        return tensors(config.shapes(), seed);
    }

    /** The same for tensors of these names and shapes. */
    static List<Tensor> tensors(Map<String, List<Integer>> shapes, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
            int[] shape = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            float scale = (float) Math.sqrt(3.0 / shape[shape.length - 1]);
            for (int i = 0; i < values.length; i++) {
                values[i] = scale * (float) random.nextDouble(-1, 1);
            }
            tensors.add(Tensor.of(entry.getKey(), values, shape));
        }
        return tensors;
    }

    /** These tensors with each matrix as a packed one of this precision holds it: what the scalar kernel must agree with. */
    static List<Tensor> rounded(List<Tensor> tensors, Precision precision) {
        return tensors.stream().map(tensor -> tensor.shape().size() < 2 ? tensor : rounded(tensor, precision)).toList();
    }

    private static Tensor rounded(Tensor tensor, Precision precision) {
        int height = tensor.shape().get(0);
        int width = tensor.shape().get(1);
        MatrixRows rows = new MatrixRows(2 * Math.ceilDiv(height, 2 * PackedMatrix.BLOCK), width);
        for (int i = 0; i < height * width; i++) {
            rows.set(i / width, i % width, tensor.get(i));
        }
        PackedMatrix packed = precision.pack(rows);
        float[] values = new float[height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = packed.get(i / width, i % width);
        }
        return Tensor.of(tensor.name(), values, height, width);
    }

    /** These tensors with one number of the named one changed. */
    static List<Tensor> changed(List<Tensor> tensors, String name, int index, float by) {
        return tensors.stream().map(tensor -> {
            if (!tensor.name().equals(name)) {
                return tensor;
            }
            float[] values = tensor.toArray();
            values[index] += by;
            return Tensor.of(name, values, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
        }).toList();
    }

    /** Writes a model file that {@link Models#load(Path)} reads. */
    public static void save(Path file, int layers, int hidden, long seed) {
        LstmConfig config = LstmTapModel.config(layers, hidden);
        float[] thresholds = new float[Grid.VOICES];
        Arrays.fill(thresholds, 0.5f);
        Models.save(file, config, tensors(config, seed), thresholds, thresholds, Map.of("seed", Long.toString(seed)));
    }

    /** Writes a small one to the file that is named: for a machine on which the shipped one takes seconds (.ci/vm). */
    public static void main(String[] arguments) {
        save(Path.of(arguments[0]), 1, 32, 1);
    }

    /** Writes a model file that {@link TrainedSeq2Seq#load(Path)} reads. */
    public static void saveSeq2Seq(Path file, Seq2SeqTask task, boolean variational, long seed) {
        Seq2SeqConfig config = new Seq2SeqConfig(task, 16, 8, 16, 2, variational);
        TrainedSeq2Seq.save(file, config, tensors(config.shapes(), seed), Map.of("seed", Long.toString(seed)));
    }

    /** Writes a model that humanizes, of two members and a little memory, and loads it. */
    public static HumanizeModel humanize(Path file, LstmConfig config, OffsetBins bins, Calibration calibration) {
        HumanizeModel one = HumanizeModel.of("random", config, tensors(config, 1), bins, 1);
        HumanizeModel two = HumanizeModel.of("random", config, tensors(config, 2), bins, 1);
        Piece remembered = new Piece(100, 100, 100);
        for (int step = 0; step < 3 * Grid.STEPS_PER_BAR; step++) {
            remembered.add(step, step % Grid.VOICES, step % 7 / 16f - 0.25f, step % 5 / 8f + 0.25f);
        }
        one.with(List.of(one.members().getFirst(), two.members().getFirst()),
                Optional.of(GrooveMemory.of(List.of(remembered), List.of(3))), calibration, Map.of()).save(file);
        return HumanizeModel.load(file.toString());
    }

    /** Writes a model of two members that fills in voices, and loads it. */
    public static InfillModel infill(Path file, LstmConfig config, OffsetBins bins, InfillDecoding decoding) {
        InfillModel one = InfillModel.of("random", config, tensors(config, 1), bins, 1);
        InfillModel two = InfillModel.of("random", config, tensors(config, 2), bins, 1);
        one.with(List.of(one.members().getFirst(), two.members().getFirst()), 1).with(decoding, Map.of()).save(file);
        return InfillModel.load(file.toString());
    }

    /** Two bars with a tap on about every second step. */
    public static TapWindow taps(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        TapWindow taps = new TapWindow();
        for (int step = 0; step < Grid.STEPS; step++) {
            if (random.nextBoolean()) {
                taps.add(step, (float) random.nextDouble(-0.5, 0.5), (float) random.nextDouble(0.05, 1));
            }
        }
        taps.velocityKnown = random.nextBoolean();
        taps.bpm = random.nextInt(60, 200);
        return taps;
    }
}

package tapkit.train;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.grid.Grid;
import tapkit.model.Chunk;

/** A batch of chunks as the network and {@link PerformanceLoss} want it, time-major. Reused; not thread safe. */
final class PerformanceBatch {
    final int size;
    private final int steps;
    private final int inputs;
    private final float[] features;
    private final float[] labels;

    PerformanceBatch(int size, int steps, int inputs) {
        this.size = size;
        this.steps = steps;
        this.inputs = inputs;
        features = new float[size * steps * inputs];
        labels = new float[size * steps * PerformanceLoss.LABELS];
    }

    /** The features of all chunks; those of step 0 of chunk {@code n} begin at {@link #from}, those of the next are a stride on. */
    float[] features() {
        return features;
    }

    int from(int n) {
        return n * inputs;
    }

    int stride() {
        return size * inputs;
    }

    /** Sets the truth of one chunk; what counts are these voices inside the performance. */
    void setTruth(int n, Chunk chunk, boolean[] voices) {
        for (int step = 0; step < steps; step++) {
            int from = step * Grid.VOICES;
            int to = (step * size + n) * PerformanceLoss.LABELS;
            System.arraycopy(chunk.hits, from, labels, to, Grid.VOICES);
            System.arraycopy(chunk.offsets, from, labels, to + Grid.VOICES, Grid.VOICES);
            System.arraycopy(chunk.velocities, from, labels, to + 2 * Grid.VOICES, Grid.VOICES);
            boolean inside = chunk.inside[step / Grid.STEPS_PER_BAR];
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                labels[to + 3 * Grid.VOICES + voice] = inside && voices[voice] ? 1 : 0;
            }
        }
    }

    /** All voices. */
    static boolean[] everyVoice() {
        boolean[] voices = new boolean[Grid.VOICES];
        Arrays.fill(voices, true);
        return voices;
    }

    MultiDataSet examples() {
        return new MultiDataSet(new INDArray[]{array(features)}, new INDArray[]{array(labels)});
    }

    private INDArray array(float[] values) {
        int rows = size * steps;
        return Nd4j.createFromArray(values).reshape('c', rows, values.length / rows);
    }
}

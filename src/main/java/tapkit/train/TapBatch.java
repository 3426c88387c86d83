package tapkit.train;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.TapFeatures;

/** A batch of examples as the network's arrays, time-major: row {@code step * size + n}. Reused. */
final class TapBatch {
    private static final int M = Grid.VOICES;
    private static final int COLUMNS = 3 * M;

    private final int size;
    private final float[] features;
    private final float[] labels;
    private final float[] mask;
    private final INDArray x;
    private final INDArray y;
    private final INDArray counted;

    TapBatch(int size) {
        this.size = size;
        int rows = Grid.STEPS * size;
        features = new float[rows * TapFeatures.COUNT];
        labels = new float[rows * COLUMNS];
        mask = new float[rows * COLUMNS];
        x = Nd4j.create(DataType.FLOAT, rows, TapFeatures.COUNT);
        y = Nd4j.create(DataType.FLOAT, rows, COLUMNS);
        counted = Nd4j.create(DataType.FLOAT, rows, COLUMNS);
    }

    int size() {
        return size;
    }

    /** Sets example {@code n}'s input. */
    void setTaps(int n, TapWindow taps) {
        TapFeatures.fill(taps, features, n * TapFeatures.COUNT, size * TapFeatures.COUNT);
    }

    /**
     * Sets example {@code n}'s labels: H, V, and the offset from the loudest hit of the step, whatever the taps are, so that hands
     * that wander aren't corrected. Velocities count at hits, offsets at those that aren't the loudest (theirs is 0 by nature).
     */
    void setDrums(int n, Groove drums) {
        for (int step = 0; step < Grid.STEPS; step++) {
            int row = (step * size + n) * COLUMNS;
            Arrays.fill(labels, row, row + COLUMNS, 0);
            Arrays.fill(mask, row, row + M, 1);
            Arrays.fill(mask, row + M, row + COLUMNS, 0);
            int loudest = loudest(drums, step);
            for (int voice = 0; voice < M; voice++) {
                int cell = Grid.cell(step, voice);
                if (drums.hits[cell] != 0) {
                    labels[row + voice] = 1;
                    labels[row + M + voice] = drums.velocities[cell];
                    labels[row + 2 * M + voice] = drums.offsets[cell] - drums.offsets[loudest];
                    mask[row + M + voice] = 1;
                    mask[row + 2 * M + voice] = cell == loudest ? 0 : 1;
                }
            }
        }
    }

    INDArray input() {
        x.data().setData(features);
        return x;
    }

    MultiDataSet examples() {
        y.data().setData(labels);
        counted.data().setData(mask);
        return new MultiDataSet(new INDArray[]{input()}, new INDArray[]{y}, null, new INDArray[]{counted});
    }

    private static int loudest(Groove drums, int step) {
        int best = Grid.cell(step, 0);
        for (int cell = best; cell < Grid.cell(step + 1, 0); cell++) {
            if (drums.hits[cell] > drums.hits[best] || drums.velocities[cell] > drums.velocities[best]) {
                best = cell;
            }
        }
        return best;
    }
}

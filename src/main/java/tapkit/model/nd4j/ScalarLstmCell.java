package tapkit.model.nd4j;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataType;

/** The cell as in the textbook, in float or double: the oracle of {@link VectorLstmCell}, and for sizes that don't fit it. */
final class ScalarLstmCell implements LstmCell {
    private final boolean single;

    ScalarLstmCell(DataType type) {
        single = type == DataType.FLOAT;
    }

    @Override
    public void forward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment c, MemorySegment tanhC, long cAt, MemorySegment h, long hAt, int hStride) {
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < hidden; j++) {
                long at = gatesAt + row * 4L * hidden + j;
                long cell = row * (long) hidden + j;
                double i = sigmoid(get(gates, at));
                double f = sigmoid(get(gates, at + hidden));
                double o = sigmoid(get(gates, at + 2L * hidden));
                double g = Math.tanh(get(gates, at + 3L * hidden));
                double state = f * get(cPrevious, cPreviousAt + cell) + i * g;
                double squashed = Math.tanh(state);
                set(gates, at, i);
                set(gates, at + hidden, f);
                set(gates, at + 2L * hidden, o);
                set(gates, at + 3L * hidden, g);
                set(c, cAt + cell, state);
                set(tanhC, cAt + cell, squashed);
                set(h, hAt + row * (long) hStride + j, o * squashed);
            }
        }
    }

    @Override
    public void backward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment tanhC, long cAt, MemorySegment dh, long dhAt, int dhStride, MemorySegment recurrent,
            MemorySegment dc) {
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < hidden; j++) {
                long at = gatesAt + row * 4L * hidden + j;
                long cell = row * (long) hidden + j;
                double i = get(gates, at);
                double f = get(gates, at + hidden);
                double o = get(gates, at + 2L * hidden);
                double g = get(gates, at + 3L * hidden);
                double squashed = get(tanhC, cAt + cell);
                double d = get(dh, dhAt + row * (long) dhStride + j) + get(recurrent, cell);
                double ds = get(dc, cell) + d * o * (1 - squashed * squashed);
                set(gates, at, ds * g * i * (1 - i));
                set(gates, at + hidden, ds * get(cPrevious, cPreviousAt + cell) * f * (1 - f));
                set(gates, at + 2L * hidden, d * squashed * o * (1 - o));
                set(gates, at + 3L * hidden, ds * i * (1 - g * g));
                set(dc, cell, ds * f);
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private double get(MemorySegment from, long index) {
        return single ? from.getAtIndex(JAVA_FLOAT, index) : from.getAtIndex(JAVA_DOUBLE, index);
    }

    private void set(MemorySegment to, long index, double value) {
        if (single) {
            to.setAtIndex(JAVA_FLOAT, index, (float) value);
        } else {
            to.setAtIndex(JAVA_DOUBLE, index, value);
        }
    }
}

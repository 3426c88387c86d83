package tapkit.model.nd4j;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One direction of an LSTM over all steps, forward and back through time: one product projects all inputs, one product a step goes
 * round, and each weight's gradient is one product over all steps. Row-major, time-major (see the package). W is 4H × inputs, R is
 * 4H × H, S is 4H × statics, gates in the order i, f, o, g; no peepholes. Keeps what the way back needs; not thread safe.
 */
final class LstmPass {
    private final Blas blas;
    private final LstmCell cell;
    private final int inputs;
    private final int statics;
    private final int hidden;
    private final boolean reverse;
    private final long bytes;
    private int steps;
    private int batch;
    private MemorySegment gates = MemorySegment.NULL;
    private MemorySegment c = MemorySegment.NULL;
    private MemorySegment tanhC = MemorySegment.NULL;
    private MemorySegment zeros = MemorySegment.NULL;
    private MemorySegment recurrent = MemorySegment.NULL;
    private MemorySegment dc = MemorySegment.NULL;
    private MemorySegment summed = MemorySegment.NULL;
    private MemorySegment ones = MemorySegment.NULL;

    /** Where one direction's weights, or their gradients, lie. {@code s} is null without a static input. */
    record Weights(MemorySegment w, MemorySegment r, MemorySegment b, MemorySegment s) {
    }

    /** An initial state, or its gradient: batch × H each, or null for zeros. */
    record State(MemorySegment h, MemorySegment c) {
        static final State ZERO = new State(null, null);
    }

    LstmPass(DataType type, int inputs, int statics, int hidden, boolean reverse) {
        blas = new Blas(type);
        cell = LstmCell.of(type, hidden);
        this.inputs = inputs;
        this.statics = statics;
        this.hidden = hidden;
        this.reverse = reverse;
        bytes = type.width();
    }

    /**
     * Runs all steps.
     *
     * @param x       steps · batch × inputs
     * @param fixed   batch × statics, the same at every step; null without
     * @param h       receives the outputs: rows of {@code hStride}, of which this direction fills H from {@code hAt}
     */
    void forward(int steps, int batch, MemorySegment x, MemorySegment fixed, State initial, Weights weights, MemorySegment h,
            int hAt, int hStride) {
        prepare(steps, batch);
        int gate = 4 * hidden;
        if (statics == 0) {
            blas.gemm(false, false, steps * batch, gate, 1, ones, 0, 1, weights.b, 0, gate, 0, gates, 0, gate);
        } else {
            long block = batch * (gate * bytes);
            blas.gemm(false, false, batch, gate, 1, ones, 0, 1, weights.b, 0, gate, 0, gates, 0, gate);
            blas.gemm(false, true, batch, gate, statics, fixed, 0, statics, weights.s, 0, statics, 1, gates, 0, gate);
            for (int t = 1; t < steps; t++) {
                MemorySegment.copy(gates, 0, gates, t * block, block);
            }
        }
        blas.gemm(false, true, steps * batch, gate, inputs, x, 0, inputs, weights.w, 0, inputs, 1, gates, 0, gate);
        for (int k = 0; k < steps; k++) {
            int t = reverse ? steps - 1 - k : k;
            int before = reverse ? t + 1 : t - 1;
            long gatesAt = (long) t * batch * gate;
            if (k > 0) {
                blas.gemm(false, true, batch, gate, hidden, h, (long) before * batch * hStride + hAt, hStride, weights.r, 0,
                        hidden, 1, gates, gatesAt, gate);
            } else if (initial.h != null) {
                blas.gemm(false, true, batch, gate, hidden, initial.h, 0, hidden, weights.r, 0, hidden, 1, gates, gatesAt,
                        gate);
            }
            MemorySegment previous = k > 0 ? c : initial.c == null ? zeros : initial.c;
            cell.forward(batch, hidden, gates, gatesAt, previous, k > 0 ? (long) before * batch * hidden : 0, c, tanhC,
                    (long) t * batch * hidden, h, (long) t * batch * hStride + hAt, hStride);
        }
    }

    /**
     * Goes back through the last {@link #forward}, whose arguments must be unchanged. Gradients of weights are overwritten.
     *
     * @param h       what forward filled
     * @param dh      gradient of the outputs, laid out like them
     * @param dx      receives the gradient of x, added if {@code addToDx}
     * @param dFixed  receives the gradient of the static input; null without
     * @param dInitial receives the gradient of the initial state where it isn't null
     */
    void backward(MemorySegment x, MemorySegment fixed, State initial, Weights weights, MemorySegment h, MemorySegment dh,
            int hAt,
            int hStride, Weights gradients, MemorySegment dx, boolean addToDx, MemorySegment dFixed, State dInitial) {
        int gate = 4 * hidden;
        recurrent.fill((byte) 0);
        dc.fill((byte) 0);
        for (int k = steps - 1; k >= 0; k--) {
            int t = reverse ? steps - 1 - k : k;
            int before = reverse ? t + 1 : t - 1;
            long gatesAt = (long) t * batch * gate;
            MemorySegment previous = k > 0 ? c : initial.c == null ? zeros : initial.c;
            cell.backward(batch, hidden, gates, gatesAt, previous, k > 0 ? (long) before * batch * hidden : 0, tanhC,
                    (long) t * batch * hidden, dh, (long) t * batch * hStride + hAt, hStride, recurrent, dc);
            blas.gemm(false, false, batch, hidden, gate, gates, gatesAt, gate, weights.r, 0, hidden, 0, recurrent, 0, hidden);
        }
        int rows = steps * batch;
        int later = rows - batch;
        blas.gemm(true, false, gate, inputs, rows, gates, 0, gate, x, 0, inputs, 0, gradients.w, 0, inputs);
        blas.gemm(false, false, 1, gate, rows, ones, 0, rows, gates, 0, gate, 0, gradients.b, 0, gate);
        long gatesAt = reverse ? 0 : (long) batch * gate;
        long hFrom = (reverse ? (long) batch * hStride : 0) + hAt;
        blas.gemm(true, false, gate, hidden, later, gates, gatesAt, gate, h, hFrom, hStride, 0, gradients.r, 0, hidden);
        blas.gemm(false, false, rows, inputs, gate, gates, 0, gate, weights.w, 0, inputs, addToDx ? 1 : 0, dx, 0, inputs);
        if (initial.h != null) {
            long first = reverse ? (long) later * gate : 0;
            blas.gemm(true, false, gate, hidden, batch, gates, first, gate, initial.h, 0, hidden, 1, gradients.r, 0, hidden);
            MemorySegment.copy(recurrent, 0, dInitial.h, 0, batch * (hidden * bytes));
            MemorySegment.copy(dc, 0, dInitial.c, 0, batch * (hidden * bytes));
        }
        if (statics > 0) {
            blas.gemm(false, false, 1, batch * gate, steps, ones, 0, steps, gates, 0, batch * gate, 0, summed, 0, batch * gate);
            blas.gemm(true, false, gate, statics, batch, summed, 0, gate, fixed, 0, statics, 0, gradients.s, 0, statics);
            blas.gemm(false, false, batch, statics, gate, summed, 0, gate, weights.s, 0, statics, 0, dFixed, 0, statics);
        }
    }

    /** A copy of the state after the last {@link #forward}'s last step, to go on from. */
    State last(MemorySegment h, int hAt, int hStride) {
        Arena arena = Arena.ofAuto();
        State state = new State(arena.allocate(batch * (hidden * bytes)), arena.allocate(batch * (hidden * bytes)));
        long t = reverse ? 0 : steps - 1L;
        for (int n = 0; n < batch; n++) {
            MemorySegment.copy(h, ((t * batch + n) * hStride + hAt) * bytes, state.h, n * (hidden * bytes), hidden * bytes);
        }
        MemorySegment.copy(c, t * batch * (hidden * bytes), state.c, 0, batch * (hidden * bytes));
        return state;
    }

    private void prepare(int newSteps, int newBatch) {
        if (newSteps == steps && newBatch == batch) {
            return;
        }
        steps = newSteps;
        batch = newBatch;
        long rows = (long) steps * batch;
        Arena arena = Arena.ofAuto();
        gates = arena.allocate(rows * 4 * hidden * bytes, 64);
        c = arena.allocate(rows * hidden * bytes, 64);
        tanhC = arena.allocate(rows * hidden * bytes, 64);
        zeros = arena.allocate((long) batch * hidden * bytes, 64);
        recurrent = arena.allocate((long) batch * hidden * bytes, 64);
        dc = arena.allocate((long) batch * hidden * bytes, 64);
        summed = arena.allocate(batch * 4L * hidden * bytes, 64);
        ones = arena.allocate(rows * bytes, 64);
        for (long i = 0; i < rows; i++) {
            if (bytes == Float.BYTES) {
                ones.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1f);
            } else {
                ones.setAtIndex(ValueLayout.JAVA_DOUBLE, i, 1d);
            }
        }
    }
}

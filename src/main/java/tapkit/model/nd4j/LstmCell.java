package tapkit.model.nd4j;

import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The element-wise part of one LSTM step over a batch. Gates are rows of 4H in the order i, f, o, g; the other arrays rows of H.
 * All offsets and strides are in elements of the cell's precision.
 */
interface LstmCell {
    /**
     * Activates the gates in place and fills c = f·cPrevious + i·g, its tanh, and h = o·tanh(c).
     *
     * @param gates pre-activations, batch × 4H
     * @param hStride elements between rows of h
     */
    void forward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment c, MemorySegment tanhC, long cAt, MemorySegment h, long hAt, int hStride);

    /**
     * Replaces the activated gates by the gradient of their pre-activations.
     *
     * @param dh        gradient of h from above, rows {@code dhStride} apart
     * @param recurrent gradient of h from the step after, batch × H
     * @param dc        gradient of c from the step after; becomes that of cPrevious
     */
    void backward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment tanhC, long cAt, MemorySegment dh, long dhAt, int dhStride, MemorySegment recurrent,
            MemorySegment dc);

    /** The fast cell where it applies, else the scalar one. */
    static LstmCell of(DataType type, int hidden) {
        if (type == DataType.FLOAT && hidden % VectorLstmCell.LANES == 0) {
            return new VectorLstmCell();
        }
        return new ScalarLstmCell(type);
    }
}

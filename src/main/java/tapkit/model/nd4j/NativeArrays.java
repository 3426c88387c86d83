package tapkit.model.nd4j;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J arrays as native memory. */
final class NativeArrays {
    private NativeArrays() {
    }

    /** The memory of a dense row-major array; valid as long as the array is. */
    @SuppressWarnings("restricted") // ND4J gives an address only; the length is the array's
    static MemorySegment segment(INDArray array) {
        return MemorySegment.ofAddress(array.data().addressPointer().address())
                .reinterpret(array.length() * array.dataType().width());
    }

    /** The array itself if it is dense and row-major, else such a copy in a workspace. */
    static INDArray dense(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        boolean dense = array.rank() == 2 && array.stride(1) == 1 && array.stride(0) == array.size(1);
        return dense ? array : workspaces.dup(type, array, 'c');
    }

    /** Fills a dense row-major array. */
    static void set(INDArray array, double[] values) {
        MemorySegment to = segment(array);
        for (int i = 0; i < values.length; i++) {
            if (array.dataType() == DataType.FLOAT) {
                to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
            } else {
                to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
            }
        }
    }
}

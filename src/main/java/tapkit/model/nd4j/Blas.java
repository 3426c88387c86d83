package tapkit.model.nd4j;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Matrix products on row-major native memory, by the OpenBLAS that ND4J loads. ND4J's own call wants dense arrays and copies
 * others; the LSTM needs leading dimensions (one direction's half of a bidirectional output) and many small products.
 */
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;
    private static final MethodHandle SGEMM;
    private static final MethodHandle DGEMM;

    static {
        Loader.load(openblas_nolapack.class);
        SGEMM = gemm("cblas_sgemm", JAVA_FLOAT);
        DGEMM = gemm("cblas_dgemm", JAVA_DOUBLE);
    }

    private final boolean single;
    private final long bytes;

    /** @param type FLOAT or DOUBLE */
    Blas(DataType type) {
        single = type == DataType.FLOAT;
        bytes = single ? Float.BYTES : Double.BYTES;
    }

    /**
     * C = op(A) · op(B) + beta · C, where op(A) is m × k, op(B) is k × n and C is m × n. Offsets and leading dimensions
     * ({@code lda}, ...) are in elements.
     */
    void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, MemorySegment a, long aAt, int lda, MemorySegment b,
            long bAt, int ldb, double beta, MemorySegment c, long cAt, int ldc) {
        int ta = transposeA ? TRANSPOSED : PLAIN;
        int tb = transposeB ? TRANSPOSED : PLAIN;
        long pa = a.address() + aAt * bytes;
        long pb = b.address() + bAt * bytes;
        long pc = c.address() + cAt * bytes;
        try {
            if (single) {
                SGEMM.invokeExact(ROW_MAJOR, ta, tb, m, n, k, 1f, pa, lda, pb, ldb, (float) beta, pc, ldc);
            } else {
                DGEMM.invokeExact(ROW_MAJOR, ta, tb, m, n, k, 1d, pa, lda, pb, ldb, beta, pc, ldc);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cblas gemm", e);
        }
    }

    @SuppressWarnings("restricted") // the one native call of this class; the signature is OpenBLAS's
    private static MethodHandle gemm(String name, MemoryLayout real) {
        MemorySegment symbol = SymbolLookup.loaderLookup().find(name)
                .orElseThrow(() -> new IllegalStateException("OpenBLAS has no " + name));
        return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                JAVA_INT, JAVA_INT, real, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, real, JAVA_LONG, JAVA_INT));
    }
}

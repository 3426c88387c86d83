package tapkit.model.nd4j;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Keeps native arithmetic on the calling thread: the same numbers on any machine, and two trainings on two cores. */
public final class NativeThreads {
    private NativeThreads() {
    }

    @SuppressWarnings("restricted") // ND4J has no call for it
    public static void useOne() {
        Nd4j.create(1); // loads the native parts
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        Loader.load(openblas_nolapack.class);
        SymbolLookup.loaderLookup().find("openblas_set_num_threads").ifPresent(symbol -> {
            try {
                Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(1);
            } catch (Throwable e) {
                throw new IllegalStateException("openblas_set_num_threads", e);
            }
        });
    }
}

package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What a server calls, as addresses of C functions. They outlive the client that was given them, so that the next one, of a server that
 * has been started again, finds them warm.
 */
@SuppressWarnings("restricted") // being called by native code is what this class is for
final class JackCallbacks implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment process;
    private final MemorySegment xrun;
    private final MemorySegment registration;
    private final MemorySegment shutdown;

    JackCallbacks(JackProcess target) {
        process = stub(target, "process", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        xrun = stub(target, "xrun", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        registration = stub(target, "registration", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_LONG));
        shutdown = stub(target, "shutdown", FunctionDescriptor.ofVoid(JAVA_LONG));
    }

    private MemorySegment stub(JackProcess target, String method, FunctionDescriptor type) {
        try {
            MethodType carriers = type.toMethodType();
            return Linker.nativeLinker().upcallStub(
                    MethodHandles.lookup().findVirtual(JackProcess.class, method, carriers).bindTo(target), type, arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    MemorySegment process() {
        return process;
    }

    MemorySegment xrun() {
        return xrun;
    }

    MemorySegment registration() {
        return registration;
    }

    MemorySegment shutdown() {
        return shutdown;
    }

    /** Only when nobody can call any more. */
    @Override
    public void close() {
        arena.close();
    }
}

package tapkit.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/** Linux's real-time scheduling (SCHED_FIFO) for a thread that has deadlines; elsewhere nothing happens. */
final class RealTime {
    /** Above desktops and servers' ordinary threads, below JACK's and PipeWire's own and below interrupts. */
    static final int PRIORITY = 5;
    private static final int SCHED_FIFO = 1;
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private RealTime() {
    }

    /** Asks for it for the calling thread; false if the user may not have it. */
    static boolean request() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return true;
        }
        try (Arena arena = Arena.ofConfined()) {
            // struct sched_param holds the priority and nothing else; thread 0 is the calling one.
            long parameter = arena.allocateFrom(JAVA_INT, PRIORITY).address();
            return (int) Native.SET_SCHEDULER.invokeExact(0, SCHED_FIFO, parameter) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("sched_setscheduler throws nothing", e);
        }
    }

    /** Tells the user, once in a run, how to get it. */
    static void sayHow() {
        if (SAID.compareAndSet(false, true)) {
            Logger.info("MIDI goes out without real-time rights, so a busy machine may delay it; to have them see "
                    + "native-config/linux/95-tapkit-realtime.conf");
        }
    }

    @SuppressWarnings("restricted") // calling native code is what this class is for
    private static final class Native {
        private static final MethodHandle SET_SCHEDULER = Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    }
}

package tapkit.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * Linux's real-time scheduling (SCHED_FIFO) for threads that have deadlines; elsewhere nothing happens.
 *
 * <p>
 * It takes more than the one thread that sends. Now and then the JVM stops all threads for some 40 µs (a safepoint). It can do so
 * only once each of them has come to a place where it may be stopped, and one that other programs have pushed off its core
 * comes there when the scheduler gives it its next turn: on a machine with more work than cores 20 to 60 ms later, and until then
 * the thread that sends is held, whatever its priority. So {@link #raiseProgram} lets all other threads of this program
 * go before other programs too, at the lowest of the real-time priorities.
 */
public final class RealTime {
    /** Of the thread that sends: above desktops and servers' ordinary threads, below JACK's and PipeWire's own and interrupts. */
    public static final int OUTPUT = 5;
    /** Of a thread of tapkit's own that brings taps: a model that computes is not to hold it up, nor the collector. */
    public static final int INPUT = 5;
    /** Of the engine's thread. */
    public static final int ENGINE = 3;
    /** Of the model's thread. */
    public static final int MODEL = 2;
    /** Of the JVM's thread that stops and goes on with all others: below only those that must not wait for it. */
    private static final int SAFEPOINTS = 4;
    private static final String SAFEPOINT_THREAD = "VM Thread";
    private static final int REST = 1;

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final boolean LINUX = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    /** {@code -Dtapkit.realtime=none} does without, to compare; {@code some} leaves out {@link #raiseProgram}, for tests. */
    private static final String WANTED = System.getProperty("tapkit.realtime", "all");
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private RealTime() {
    }

    /** Asks for a priority for the calling thread; false if the user may not have it. */
    public static boolean request(int priority) {
        return !LINUX || WANTED.equals("none") || schedule(0, SCHED_FIFO, priority);
    }

    /**
     * Gives every thread of this program that has no real-time priority the lowest one, and so all that these start from now on. Call
     * once everything is compiled and open. False if the user may not.
     */
    public static boolean raiseProgram() {
        if (!LINUX || !WANTED.equals("all")) {
            return true;
        }
        boolean all = true;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
            for (Path thread : threads) {
                all &= raise(thread);
            }
        } catch (IOException e) {
            return false;
        }
        return all;
    }

    private static boolean raise(Path thread) {
        int id = Integer.parseInt(thread.getFileName().toString());
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            boolean ordinary = scheduler(id) == SCHED_OTHER;
            return !ordinary || schedule(id, SCHED_FIFO, name.equals(SAFEPOINT_THREAD) ? SAFEPOINTS : REST)
                    || Files.notExists(thread);
        } catch (IOException e) {
            return true; // it has ended; some before and some while its name is read
        }
    }

    /** Does something as an ordinary thread: what starts other programs, which would inherit the priority. */
    public static void ordinarily(Runnable work) {
        boolean raised = LINUX && scheduler(0) == SCHED_FIFO;
        if (raised) {
            schedule(0, SCHED_OTHER, 0);
        }
        try {
            work.run();
        } finally {
            if (raised) {
                schedule(0, SCHED_FIFO, REST);
            }
        }
    }

    /** Tells the user, once in a run, how to get it. */
    public static void sayHow() {
        if (SAID.compareAndSet(false, true)) {
            Logger.info("MIDI goes out without real-time rights, so a busy machine may delay it; to have them see "
                    + "native-config/linux/95-tapkit-realtime.conf");
        }
    }

    /** Thread 0 is the calling one. */
    private static boolean schedule(int thread, int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            // struct sched_param holds the priority and nothing else
            long parameter = arena.allocateFrom(JAVA_INT, priority).address();
            return (int) Native.SET_SCHEDULER.invokeExact(thread, policy, parameter) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("sched_setscheduler throws nothing", e);
        }
    }

    private static int scheduler(int thread) {
        try {
            return (int) Native.GET_SCHEDULER.invokeExact(thread);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("sched_getscheduler throws nothing", e);
        }
    }

    @SuppressWarnings("restricted") // calling native code is what this class is for
    private static final class Native {
        private static final MethodHandle SET_SCHEDULER = Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        private static final MethodHandle GET_SCHEDULER = Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("sched_getscheduler"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }
}

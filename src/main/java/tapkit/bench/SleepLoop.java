package tapkit.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import tapkit.port.RealTime;

/**
 * The floor: what a loop of {@code clock_nanosleep} (absolute, CLOCK_MONOTONIC) under SCHED_FIFO gets from this kernel and this
 * machine. It runs in a process of its own, so that neither the collector nor the compiler of the program that is measured can
 * hold it up; it does what the same loop in C does, without a C compiler. Linux only.
 *
 * <p>
 * It says {@code ready} and whether it has real-time rights, takes a timetable from its input ({@code firstNanos intervalNanos
 * events}), and prints how late it woke for each, in nanoseconds.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
public final class SleepLoop {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMER_ABSTIME = 1;
    private static final long SECOND = 1_000_000_000L;
    private static final Timetable WARM_UP = new Timetable(0, 100_000, 12_000);

    private static final MethodHandle CLOCK_NANOSLEEP = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("clock_nanosleep"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private final MemorySegment until;

    private SleepLoop(Arena arena) {
        until = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment()); // struct timespec of a 64-bit system
    }

    public static void main(String[] args) throws Throwable {
        boolean realTime = RealTime.request(RealTime.OUTPUT);
        try (Arena arena = Arena.ofConfined();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
            SleepLoop loop = new SleepLoop(arena);
            loop.run(new Timetable(System.nanoTime(), WARM_UP.intervalNanos(), WARM_UP.events()));
            out.println("ready " + realTime);
            out.flush();
            for (long late : loop.run(timetable(in))) {
                out.println(late);
            }
            out.flush();
        }
    }

    private static Timetable timetable(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            return new Timetable(0, 1, 0);
        }
        String[] words = line.split(" ", -1);
        return new Timetable(Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }

    private long[] run(Timetable timetable) throws Throwable {
        long[] late = new long[timetable.events()];
        for (int i = 0; i < late.length; i++) {
            long at = timetable.atNanos(i);
            sleepUntil(at);
            late[i] = System.nanoTime() - at;
        }
        return late;
    }

    private void sleepUntil(long nanos) throws Throwable {
        until.set(JAVA_LONG, 0, nanos / SECOND);
        until.set(JAVA_LONG, JAVA_LONG.byteSize(), nanos % SECOND);
        // A signal may end it early: then again, with what it returned.
        while ((int) CLOCK_NANOSLEEP.invokeExact(CLOCK_MONOTONIC, TIMER_ABSTIME, until.address(), 0L) != 0) {
            Thread.onSpinWait();
        }
    }
}

package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server calls: once a period from its real-time thread, and when a period was missed or the server goes. Every return
 * code is checked: after a missed period the server may answer with errors.
 */
final class JackProcess {
    /** The ports that a period serves, inputs first. Replaced as a whole. */
    static final class Ports {
        static final Ports NONE = new Ports(List.of(), List.of());

        private final JackInput[] inputs;
        private final JackOutput[] outputs;

        Ports(List<JackInput> inputs, List<JackOutput> outputs) {
            this.inputs = inputs.toArray(JackInput[]::new);
            this.outputs = outputs.toArray(JackOutput[]::new);
        }
    }

    /** What {@code jack_get_cycle_times} gives: uint32 frames; float period; uint64 start, end. */
    static final long CYCLE_BYTES = 24;
    private static final long PERIOD = 4;
    private static final long START = 8;
    private static final long END = 16;
    private static final int WARM_UP_SHARE = 4;

    private final long client;
    private final int rate;
    private final CycleTime time;
    private final long cycle;
    private final AtomicLong cycles = new AtomicLong();
    private final AtomicLong xruns = new AtomicLong();
    private volatile Ports ports = Ports.NONE;
    private volatile Optional<String> lost = Optional.empty();
    private volatile long periodNanos;
    private volatile boolean warming;
    private int lastFrames;

    /**
     * @param client      JACK's handle
     * @param rate        frames a second
     * @param frames      frames a period
     * @param offsetNanos nanoTime − 1000 · JACK's time
     * @param cycle       {@link #CYCLE_BYTES} of native memory that live as long as the client
     */
    JackProcess(long client, int rate, int frames, long offsetNanos, long cycle) {
        this.client = client;
        this.rate = rate;
        this.time = new CycleTime(offsetNanos);
        this.cycle = cycle;
        measurePeriod(frames);
    }

    /** JACK's process callback. */
    int process(int frames, long unused) {
        try {
            long begun = System.nanoTime();
            do {
                period(frames);
            } while (warming && System.nanoTime() - begun < periodNanos / WARM_UP_SHARE);
        } catch (Throwable e) {
            // An exception that left an upcall would end the whole program.
            ports = Ports.NONE;
            lost = Optional.of("tapkit's own JACK callback failed: " + e);
        }
        cycles.setRelease(cycles.getPlain() + 1);
        return 0;
    }

    private void period(int frames) throws Throwable {
        if (frames != lastFrames) {
            measurePeriod(frames);
        }
        int failed = (int) JackLibrary.CYCLE_TIMES.invokeExact(client, cycle, cycle + START, cycle + END, cycle + PERIOD);
        long start = JackLibrary.MEMORY.get(JAVA_LONG, cycle + START);
        long end = JackLibrary.MEMORY.get(JAVA_LONG, cycle + END);
        if (failed == 0 && end > start) {
            time.begin(start, end, frames);
            serve(frames);
        }
    }

    private void serve(int frames) throws Throwable {
        Ports now = ports;
        for (JackInput input : now.inputs) {
            input.process(frames, time);
        }
        for (JackOutput output : now.outputs) {
            output.process(frames, time);
        }
    }

    private void measurePeriod(int frames) {
        lastFrames = frames;
        periodNanos = frames * 1_000_000_000L / rate;
    }

    /** JACK's callback for a period that the server missed. */
    int xrun(long unused) {
        xruns.incrementAndGet();
        return 0;
    }

    /** JACK's callback for a server that ends, or that has thrown this client out. */
    void shutdown(long unused) {
        lost = Optional.of("the JACK server has gone");
    }

    /** From the next period on these ports are served and no others. */
    void serve(Ports next) {
        ports = next;
    }

    /** While warming, a period's work is repeated for a quarter of the period, so that it is soon compiled for good. */
    void warm(boolean on) {
        warming = on;
    }

    /** Why nothing moves any more; empty while all is well. */
    Optional<String> lost() {
        return lost;
    }

    /** Periods since the start. */
    long cycles() {
        return cycles.getAcquire();
    }

    long xruns() {
        return xruns.get();
    }

    /** Sets the counter of missed periods back to 0. */
    void forgetXruns() {
        xruns.set(0);
    }

    long periodNanos() {
        return periodNanos;
    }
}

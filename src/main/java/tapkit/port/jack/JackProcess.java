package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tapkit.port.CallbackTimes;
import tapkit.port.TransportReceiver;

/**
 * What the server calls: once a period from its real-time thread, and when a period was missed, a port came or went, or the server
 * goes. Every return code is checked: after a missed period the server may answer with errors. It outlives the server: {@link #attach}
 * gives it the next one.
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

    /** What belongs to one server. */
    private static final class Server {
        private final long client;
        private final int rate;
        private final CycleTime time;
        private final long cycle;
        private final long position;

        Server(JackClient client) {
            this.client = client.handle();
            rate = client.rate();
            time = new CycleTime(client.offsetNanos());
            cycle = client.allocate(CYCLE_BYTES);
            position = client.allocate(JackTransport.POSITION_BYTES);
        }

        /**
         * How much of the period has passed, by when it really began: the times that {@link CycleTime} has are smoothed, and after a
         * period that was missed they are behind for seconds.
         */
        long nanosInPeriod() throws Throwable {
            int frames = (int) JackLibrary.FRAMES_SINCE_CYCLE_START.invokeExact(client);
            return Math.max(frames, 0) * 1_000_000_000L / rate;
        }
    }

    /** What {@code jack_get_cycle_times} gives: uint32 frames; float period; uint64 start, end. */
    private static final long CYCLE_BYTES = 24;
    private static final long PERIOD = 4;
    private static final long START = 8;
    private static final long END = 16;
    private static final int WARM_UP_SHARE = 4;
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final long LOOK_NANOS = 1_000_000;
    private static final int QUICK_SHARE = 8;
    private static final int SLOW_SHARE = 32;
    /** Linux's value. */
    private static final int CANCEL_DEFERRED = 0;

    private final Runnable wakeKeeper;
    /** Null if nobody asks for it. */
    private final JackTransport transport;
    private final Queue<Integer> appeared = new ConcurrentLinkedQueue<>();
    private final AtomicLong cycles = new AtomicLong();
    private final AtomicLong xruns = new AtomicLong();
    private final CallbackMeter meter = new CallbackMeter();
    private volatile Server server;
    private volatile Ports ports = Ports.NONE;
    private volatile boolean gone;
    private volatile Optional<String> failure = Optional.empty();
    private volatile long periodNanos;
    private volatile boolean warming;
    /** Periods served, and of those the slow ones: the callback's to write; read after {@link #cycles}. */
    private int served;
    private int slow;
    private int servedBefore;
    private int slowBefore;
    private int lastFrames;

    /**
     * @param wakeKeeper called from the server's threads when a port has come or gone, or the server itself
     * @param transport  who is told where the transport is, or null
     */
    JackProcess(Runnable wakeKeeper, TransportReceiver transport) {
        this.wakeKeeper = wakeKeeper;
        this.transport = transport == null ? null : new JackTransport(transport);
    }

    /** From now on a server calls for this client; no ports are served yet. Before the client is activated. */
    void attach(JackClient client) {
        Server next = new Server(client);
        measurePeriod(client.periodFrames(), next.rate);
        appeared.clear();
        gone = false;
        server = next;
    }

    /** The client is going to be closed. */
    void detach() {
        server = null;
        ports = Ports.NONE;
    }

    /** JACK's process callback. */
    int process(int frames, long unused) {
        try {
            Server now = server;
            if (now != null) {
                long begun = System.nanoTime();
                long due = begun + periodNanos - now.nanosInPeriod();
                long before = begun;
                long after;
                do {
                    period(now, frames);
                    after = System.nanoTime();
                    served++;
                    if (after - before > periodNanos / QUICK_SHARE) {
                        slow++;
                    }
                    before = after;
                } while (warming && after - begun < periodNanos / WARM_UP_SHARE);
                if (!warming) {
                    meter.record(begun, after, due, periodNanos);
                }
            }
        } catch (Throwable e) {
            // An exception that left an upcall would end the whole program.
            ports = Ports.NONE;
            failure = Optional.of("tapkit's own JACK callback failed: " + e);
        }
        cycles.setRelease(cycles.getPlain() + 1);
        return 0;
    }

    private void period(Server now, int frames) throws Throwable {
        if (frames != lastFrames) {
            measurePeriod(frames, now.rate);
        }
        long cycle = now.cycle;
        int failed = (int) JackLibrary.CYCLE_TIMES.invokeExact(now.client, cycle, cycle + START, cycle + END, cycle + PERIOD);
        long start = JackLibrary.MEMORY.get(JAVA_LONG, cycle + START);
        long end = JackLibrary.MEMORY.get(JAVA_LONG, cycle + END);
        if (failed == 0 && end > start) {
            now.time.begin(start, end, frames, System.nanoTime());
            if (transport != null && ports != Ports.NONE) {
                transport.process(now.client, now.position, now.time);
            }
            serve(now.time, frames);
        }
    }

    private void serve(CycleTime time, int frames) throws Throwable {
        Ports now = ports;
        for (JackInput input : now.inputs) {
            input.process(frames, time);
        }
        for (JackOutput output : now.outputs) {
            output.process(frames, time);
        }
    }

    private void measurePeriod(int frames, int rate) {
        lastFrames = frames;
        periodNanos = frames * 1_000_000_000L / rate;
    }

    /** JACK's callback for a period that the server missed. */
    int xrun(long unused) {
        endOnlyWhereItWaits();
        xruns.incrementAndGet();
        return 0;
    }

    /** JACK's callback for a port of any client that has come or gone. It may not ask the server anything itself. */
    void registration(int port, int registered, long unused) {
        endOnlyWhereItWaits();
        if (registered != 0) {
            appeared.add(port);
        }
        wakeKeeper.run();
    }

    /** JACK's callback for a server that ends, or that has thrown this client out. */
    void shutdown(long unused) {
        endOnlyWhereItWaits();
        gone = true;
        wakeKeeper.run();
    }

    /**
     * A client that is closed ends its threads by force, wherever they are; one that was in Java would take the program with it. From now on
     * the thread that brings news can be ended only where it waits for them, in libjack. Not so for the one of the process
     * callback: that waits where it could never be ended, but it is only ended when the server has stopped calling it.
     */
    private static void endOnlyWhereItWaits() {
        try {
            if ((int) JackLibrary.SET_CANCEL_TYPE.invokeExact(CANCEL_DEFERRED, 0L) != 0) {
                throw new IllegalStateException("pthread_setcanceltype knows its own values");
            }
        } catch (Throwable e) {
            throw new AssertionError("pthread_setcanceltype throws nothing", e);
        }
    }

    /** From the next period on these ports are served and no others. */
    void serve(Ports next) {
        ports = next;
    }

    /** While warming, a period's work is repeated for a quarter of the period, so that it is soon compiled for good. */
    void warm(boolean on) {
        warming = on;
    }

    /**
     * Whether of the periods since this was last asked all but one in {@value #SLOW_SHARE} took less than an eighth of their time. Those
     * may have been interrupted; code that is interpreted is slow every time. For one thread.
     */
    boolean isQuick() {
        cycles.getAcquire();
        int all = served - servedBefore;
        int late = slow - slowBefore;
        servedBefore += all;
        slowBefore += late;
        return late * SLOW_SHARE < all;
    }

    /** The number of a port that has come since this was last asked; empty if there is none. */
    Optional<Integer> appeared() {
        return Optional.ofNullable(appeared.poll());
    }

    /** Whether the server has gone. */
    boolean isGone() {
        return gone;
    }

    /** Whether there is a server that serves tapkit's ports. */
    boolean isServing() {
        return ports != Ports.NONE && !gone;
    }

    /** Why nothing will ever move again; empty while all is well. */
    Optional<String> failure() {
        return failure;
    }

    /** Periods since the start. */
    long cycles() {
        return cycles.getAcquire();
    }

    long xruns() {
        return xruns.get();
    }

    /** How long the calls took. */
    CallbackTimes times() {
        return meter.times(periodNanos);
    }

    /** Sets the counter of missed periods back to 0, and the times of its calls. */
    void forget() {
        xruns.set(0);
        meter.reset();
    }

    long periodNanos() {
        return periodNanos;
    }

    /** Waits at most half a second for what a period is to bring about; not at all where no period comes. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean() && !gone && failure.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}

package tapkit.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tapkit.port.MidiMessage;
import tapkit.port.TimedOutput;

/** tapkit's own timed thread, as a port without a queue uses it; the wire's end is where the time is read. */
final class ThreadPlayer implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UPS = 2_000;
    private static final long WARM_UP_NANOS = 500_000;

    private final TimedOutput output = new TimedOutput("bench", this::write);
    private Timetable timetable = new Timetable(0, 0, 0);
    private EventTimes late = new EventTimes(0);
    private CountDownLatch done = new CountDownLatch(0);
    private volatile int written;
    private volatile long thread;
    private long cpuNanos;
    private long begunNanos;

    /** Plays until it is compiled. */
    ThreadPlayer() throws InterruptedException {
        Timetable warmUp = new Timetable(System.nanoTime() + 50_000_000, WARM_UP_NANOS, WARM_UPS);
        begin(warmUp);
        for (int i = 0; i < WARM_UPS; i++) {
            send(i);
            if (i % 100 == 99) {
                TimeUnit.NANOSECONDS.sleep(100 * WARM_UP_NANOS);
            }
        }
        await();
    }

    void begin(Timetable times) {
        timetable = times;
        late = new EventTimes(times.events());
        done = new CountDownLatch(times.events());
        written = 0;
        cpuNanos = thread == 0 ? 0 : THREADS.getThreadCpuTime(thread);
        begunNanos = System.nanoTime();
    }

    void send(int event) {
        output.send(MidiMessage.CLOCK, timetable.atNanos(event));
    }

    private void write(int message) {
        long now = System.nanoTime();
        int event = written;
        if (message == MidiMessage.CLOCK && event < late.events()) { // else the end of all notes, when it closes
            late.set(event, now - timetable.atNanos(event));
            thread = Thread.currentThread().threadId();
            written = event + 1;
            done.countDown();
        }
    }

    /** Waits for the end: how late each event was. */
    Punctuality await() throws InterruptedException {
        long left = timetable.atNanos(timetable.events()) - System.nanoTime();
        done.await(left + TimeUnit.SECONDS.toNanos(10), TimeUnit.NANOSECONDS);
        return Punctuality.of(IntStream.range(0, written).mapToLong(late::get).toArray());
    }

    /** Percent of a core that the thread has used since {@link #begin}. */
    double cpuPercent() {
        return 100.0 * (THREADS.getThreadCpuTime(thread) - cpuNanos) / (System.nanoTime() - begunNanos);
    }

    @Override
    public void close() {
        output.close();
    }
}

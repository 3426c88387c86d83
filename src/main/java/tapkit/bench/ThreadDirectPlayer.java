package tapkit.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tapkit.port.TimedOutput;

/**
 * Taps' own drums where no server is: a thread hands over taps as a device's does, and the time is read before that and where tapkit's
 * timed thread writes the drum to the device.
 */
final class ThreadDirectPlayer implements AutoCloseable {
    private static final int WARM_UPS = 2_000;
    private static final long WARM_UP_NANOS = 500_000;

    private final DirectRig rig = new DirectRig();
    private final TimedOutput output = new TimedOutput("bench direct", message -> written(message));
    private volatile Numbered drums = new Numbered(DirectRig::drum, 0);

    /** Plays until it is compiled. */
    ThreadDirectPlayer() throws InterruptedException {
        rig.start(output);
        play(new Timetable(System.nanoTime() + WARM_UP_NANOS, WARM_UP_NANOS, WARM_UPS)).await();
    }

    private void written(int message) {
        drums.came(message, System.nanoTime());
    }

    /** Begins; returns at once. */
    Run play(Timetable timetable) {
        drums = new Numbered(DirectRig::drum, timetable.events());
        Run run = new Run(drums, timetable);
        Thread.ofPlatform().daemon().name("bench pad").start(run::tap);
        return run;
    }

    /** Taps that are being played. */
    final class Run {
        private final Numbered heard;
        private final Timetable timetable;
        private final EventTimes tapped;
        private final CountDownLatch done = new CountDownLatch(1);

        private Run(Numbered heard, Timetable timetable) {
            this.heard = heard;
            this.timetable = timetable;
            tapped = new EventTimes(timetable.events());
        }

        private void tap() {
            for (int event = 0; event < timetable.events(); event++) {
                long at = timetable.atNanos(event);
                for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long now = System.nanoTime();
                tapped.set(event, now);
                rig.pads().receive(DirectRig.tap(event), now);
            }
            done.countDown();
        }

        /** Waits for the end: how long after its tap each drum was written. */
        Punctuality await() throws InterruptedException {
            long left = timetable.atNanos(timetable.events()) - System.nanoTime();
            done.await(left + TimeUnit.SECONDS.toNanos(10), TimeUnit.NANOSECONDS);
            for (int i = 0; i < 1000 && !heard.isComplete(); i++) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return Punctuality.of(IntStream.range(0, timetable.events()).filter(event -> !heard.isMissing(event))
                    .mapToLong(event -> heard.atNanos(event) - tapped.get(event)).toArray());
        }
    }

    @Override
    public void close() {
        rig.close();
        output.close();
    }
}

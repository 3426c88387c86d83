package tapkit.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tapkit.port.alsa.AlsaBackend;
import tapkit.port.alsa.LongSysex;

/** The part of {@code bench timing} that needs the kernel's sequencer, for the virtual machine that has one ({@code .ci/vm}). */
public final class AlsaTiming {
    private static final long INTERVAL_NANOS = 49_973_000;
    private static final int EVENTS = 200;

    private AlsaTiming() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (AlsaPlayer player = new AlsaPlayer(new AlsaBackend())) {
            System.out.println("a short message of an old synthesizer: " + LongSysex.send("tapkit-ears", 300));
            System.out.println("a long one: " + LongSysex.send("tapkit-ears", 20_000)); // nothing else would be heard after it
            play(player, 40); // cold
            Punctuality late = play(player, EVENTS);
            System.out.printf(Locale.ROOT, "%d of %d notes, late by p50 %.0f, p99 %.0f, max %.0f us%n", late.events(), EVENTS,
                    late.p50Micros(), late.p99Micros(), late.maxMicros());
        }
    }

    private static Punctuality play(AlsaPlayer player, int events) throws InterruptedException {
        Timetable times = new Timetable(System.nanoTime() + TimeUnit.SECONDS.toNanos(1), INTERVAL_NANOS, events);
        player.begin(times);
        for (int event = 0; event < events; event++) {
            player.send(event);
        }
        return player.await();
    }
}

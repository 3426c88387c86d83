package tapkit.doctor;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tapkit.port.MidiMessage;
import tapkit.port.RealTime;
import tapkit.port.TimedOutput;

/** How late the timed thread is, measured in a short run of the real one with nothing behind it. */
final class JitterCheck {
    private static final int EVENTS = 400;
    private static final long INTERVAL_NANOS = 5_000_000;
    private static final long AHEAD_NANOS = 20_000_000;
    private static final double GOOD_MICROS = 1000;
    /** Players notice three milliseconds. */
    private static final double LIMIT_MICROS = 3000;

    private JitterCheck() {
    }

    /** @param needed whether no server or kernel queue does the timing instead */
    static Finding examine(boolean needed) throws InterruptedException {
        RealTime.raiseProgram(); // as the program that plays does
        long[] late = new long[EVENTS];
        CountDownLatch left = new CountDownLatch(EVENTS);
        long start = System.nanoTime() + AHEAD_NANOS;
        try (TimedOutput output = new TimedOutput("doctor", message -> {
            int i = MidiMessage.data1(message) | MidiMessage.data2(message) << 7;
            if (MidiMessage.status(message) == MidiMessage.SONG_POSITION) {
                late[i] = System.nanoTime() - (start + i * INTERVAL_NANOS);
                left.countDown();
            }
        })) {
            for (int i = 0; i < EVENTS; i++) {
                output.send(MidiMessage.pack(MidiMessage.SONG_POSITION, i & 0x7F, i >>> 7), start + i * INTERVAL_NANOS);
            }
            if (!left.await(EVENTS * INTERVAL_NANOS * 5, TimeUnit.NANOSECONDS)) {
                return Finding.bad("jitter", "the timed thread hardly gets a turn", "end what else is busy");
            }
        }
        Arrays.sort(late);
        return judge(needed, late[EVENTS / 2] / 1e3, late[EVENTS * 99 / 100] / 1e3, late[EVENTS - 1] / 1e3);
    }

    static Finding judge(boolean needed, double p50Micros, double p99Micros, double maxMicros) {
        String what = "the timed thread is %.0f µs late in the middle, %.0f µs in 99 of 100 cases, %.0f µs at worst"
                .formatted(p50Micros, p99Micros, maxMicros)
                + (needed ? "" : " (not in use: the server or the kernel does the timing)");
        String remedy = "end what else is busy, and give real-time rights";
        Finding finding = p99Micros <= GOOD_MICROS
                ? Finding.good("jitter", what)
                : p99Micros <= LIMIT_MICROS || !needed
                        ? Finding.hint("jitter", what, remedy)
                        : Finding.bad("jitter", what + ": players hear that", remedy);
        return finding.with(Map.of("p50_us", p50Micros, "p99_us", p99Micros, "max_us", maxMicros));
    }
}

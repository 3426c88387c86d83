package tapkit.engine;

import tapkit.clock.BeatClock;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;

/**
 * Sends MIDI clock: 24 ticks a beat with their exact times, Start at bar 0, Song Position and Continue elsewhere, Stop. While
 * nothing runs, and in a count-in, the ticks go on, so that others know the tempo. Not thread safe; does not allocate.
 */
final class ClockSender {
    private static final int TICKS_PER_BEAT = 24;
    private static final int TICKS_PER_SIXTEENTH = 6;
    /** Beyond what the port asks for, for a thread that gets its turn late. */
    private static final long MARGIN_NANOS = 5_000_000;
    /** A tick later than this is left out of a burst; the receiver hears of the new place instead. */
    private static final long LATE_LIMIT_NANOS = 100_000_000;
    /** Start goes out this long before its first tick (MIDI 1.0 wants a millisecond). */
    private static final long START_AHEAD_NANOS = 1_000_000;

    /** Closer together, in periods, receivers may take two ticks for one that came over two cables. */
    private static final double LEAST_PERIODS = 1 / 3.0;

    private final MidiOutput out;
    /** Whether the clock that is sent runs; receivers are told when it comes to the first tick. */
    private boolean running;
    private boolean told;
    private int epoch;
    private long firstTick;
    private long nextTick;
    private long lastNanos;
    private boolean any;
    private long refused;

    ClockSender(MidiOutput out) {
        this.out = out;
    }

    void run(long nowNanos, BeatClock clock) {
        long horizon = nowNanos + out.leadNanos() + MARGIN_NANOS;
        if (!clock.running()) {
            running = false;
            tellStop(nowNanos);
            idle(nowNanos, horizon, clock.bpm());
            return;
        }
        if (!running || epoch != clock.epoch() || nowNanos - time(clock) > LATE_LIMIT_NANOS) {
            begin(nowNanos, clock);
        }
        for (long at = next(clock); at <= horizon; at = next(clock)) {
            if (nextTick == firstTick) {
                send(firstTick == 0 ? MidiMessage.START : MidiMessage.CONTINUE, at - START_AHEAD_NANOS);
                told = true;
                at = Math.max(at, lastNanos + START_AHEAD_NANOS);
            }
            send(MidiMessage.CLOCK, at);
            nextTick++;
        }
    }

    /** When the next tick leaves; one that is behind, after ticks that were handed over before the jump, keeps a distance to the last. */
    private long next(BeatClock clock) {
        long at = time(clock);
        return nextTick == firstTick
                ? at
                : Math.max(at, lastNanos + Math.round(LEAST_PERIODS * 60e9 / (clock.bpm() * TICKS_PER_BEAT)));
    }

    /** Ends with Stop, at once; ticks that wait are dropped. */
    void close(long nowNanos) {
        out.silence();
        lastNanos = nowNanos;
        tellStop(nowNanos);
    }

    /** Messages that the port did not take. */
    long refused() {
        return refused;
    }

    /** The clock is at another place: whoever runs is stopped there and starts again here, at the next tick that a start can name. */
    private void begin(long nowNanos, BeatClock clock) {
        running = true;
        epoch = clock.epoch();
        tellStop(nowNanos);
        double open = clock.beatAt(any ? Math.max(nowNanos, lastNanos) : nowNanos);
        if (clock.beatAt(nowNanos) < 0.25) {
            firstTick = 0;
        } else {
            int sixteenth = (int) Math.ceil(open * 4);
            firstTick = (long) sixteenth * TICKS_PER_SIXTEENTH;
            send(MidiMessage.pack(MidiMessage.SONG_POSITION, sixteenth & 0x7F, sixteenth >>> 7), nowNanos);
        }
        nextTick = Math.min(firstTick, (long) Math.ceil(open * TICKS_PER_BEAT));
    }

    private void tellStop(long nowNanos) {
        if (told) {
            told = false;
            send(MidiMessage.STOP, nowNanos);
        }
    }

    private void idle(long nowNanos, long horizon, double bpm) {
        long period = Math.round(60e9 / (bpm * TICKS_PER_BEAT));
        if (!any || nowNanos - lastNanos > period + LATE_LIMIT_NANOS) {
            send(MidiMessage.CLOCK, nowNanos);
        }
        while (lastNanos + period <= horizon) {
            send(MidiMessage.CLOCK, lastNanos + period);
        }
    }

    /** Messages never overtake each other: ticks that are handed over already come before a Start. */
    private void send(int message, long atNanos) {
        long at = any ? Math.max(atNanos, lastNanos) : atNanos;
        if (!out.send(message, at)) {
            refused++;
        }
        any = true;
        lastNanos = at;
    }

    private long time(BeatClock clock) {
        return clock.nanosAt((double) nextTick / TICKS_PER_BEAT);
    }
}

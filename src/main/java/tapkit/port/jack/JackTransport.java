package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import tapkit.port.TransportReceiver;

/**
 * Reads the server's transport in each period and tells of it when something has changed, and ten times a second. The process callback's.
 */
final class JackTransport {
    /** {@code jack_position_t}, with room to spare. */
    static final long POSITION_BYTES = 256;
    private static final long FRAME_RATE = 16;
    private static final long FRAME = 20;
    private static final long VALID = 24;
    private static final long BAR = 28;
    private static final long BEAT = 32;
    private static final long TICK = 36;
    private static final long BEATS_PER_BAR = 48;
    private static final long BEAT_TYPE = 52;
    private static final long TICKS_PER_BEAT = 56;
    private static final long BEATS_PER_MINUTE = 64;
    private static final long BBT_OFFSET = 88;
    private static final int VALID_BBT = 0x10;
    private static final int VALID_BBT_OFFSET = 0x40;
    private static final int STOPPED = 0;
    private static final int ROLLING = 1;
    private static final int LOOPING = 2;

    private static final long TELL_NANOS = 100_000_000;
    /** As far as a tick is from its neighbour: bars, beats and ticks are whole numbers. */
    private static final double JUMP_SECONDS = 0.005;

    private final TransportReceiver receiver;
    private boolean rolling;
    private double bpm;
    /** Of the last period, as far as it is known between ticks; NaN: nobody counted. */
    private double beat = Double.NaN;
    private double seconds;
    private long atNanos;
    private long toldNanos;
    private boolean told;

    JackTransport(TransportReceiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Reads it for the period that begins now.
     *
     * @param position {@link #POSITION_BYTES} of native memory
     */
    void process(long client, long position, CycleTime time) throws Throwable {
        int state = (int) JackLibrary.TRANSPORT_QUERY.invokeExact(client, position);
        read(state, position, time.nanosAt(0));
    }

    /** @param state what the query returned; between Stopped and Rolling the transport is where it will start, and stands */
    void read(int state, long position, long now) {
        boolean rolls = state == ROLLING || state == LOOPING;
        double rate = Integer.toUnsignedLong(JackLibrary.MEMORY.get(JAVA_INT, position + FRAME_RATE));
        if (rate == 0 || state < STOPPED) {
            return;
        }
        double place = Integer.toUnsignedLong(JackLibrary.MEMORY.get(JAVA_INT, position + FRAME)) / rate;
        int valid = JackLibrary.MEMORY.get(JAVA_INT, position + VALID);
        double counted = Double.NaN;
        double tempo = Double.NaN;
        if ((valid & VALID_BBT) != 0 && isSane(position)) {
            double quarters = 4.0 / JackLibrary.MEMORY.get(JAVA_FLOAT, position + BEAT_TYPE);
            double ticksPerBeat = JackLibrary.MEMORY.get(JAVA_DOUBLE_UNALIGNED, position + TICKS_PER_BEAT);
            double beats = (JackLibrary.MEMORY.get(JAVA_INT, position + BAR) - 1)
                    * (double) JackLibrary.MEMORY.get(JAVA_FLOAT, position + BEATS_PER_BAR)
                    + JackLibrary.MEMORY.get(JAVA_INT, position + BEAT) - 1
                    + JackLibrary.MEMORY.get(JAVA_INT, position + TICK) / ticksPerBeat;
            double beatsPerMinute = JackLibrary.MEMORY.get(JAVA_DOUBLE_UNALIGNED, position + BEATS_PER_MINUTE);
            if ((valid & VALID_BBT_OFFSET) != 0) { // the place is the one so many frames before
                beats += Integer.toUnsignedLong(JackLibrary.MEMORY.get(JAVA_INT, position + BBT_OFFSET)) / rate * beatsPerMinute
                        / 60;
            }
            tempo = beatsPerMinute * quarters;
            counted = betweenTicks(beats * quarters, quarters / ticksPerBeat, place);
        }
        beat = counted;
        tell(rolls, place, tempo, now);
    }

    /**
     * Ticks are whole numbers, and with some masters coarse (Hydrogen has 48 a quarter note, 10 ms at 120 bpm); frames are exact. So where the
     * frames have come to since the last period counts, as far as the tick allows.
     */
    private double betweenTicks(double ticked, double tick, double place) {
        double expected = beat + (place - seconds) * bpm / 60;
        boolean goesOn = expected > ticked - tick && expected < ticked + 2 * tick; // not where the beat or the tempo is unknown
        return goesOn ? Math.clamp(expected, ticked, ticked + tick) : ticked;
    }

    /** A timebase master that is relocated may count nonsense for a while (jack_transport does). */
    private static boolean isSane(long position) {
        float beatsPerBar = JackLibrary.MEMORY.get(JAVA_FLOAT, position + BEATS_PER_BAR);
        int beat = JackLibrary.MEMORY.get(JAVA_INT, position + BEAT);
        int tick = JackLibrary.MEMORY.get(JAVA_INT, position + TICK);
        double ticksPerBeat = JackLibrary.MEMORY.get(JAVA_DOUBLE_UNALIGNED, position + TICKS_PER_BEAT);
        double beatsPerMinute = JackLibrary.MEMORY.get(JAVA_DOUBLE_UNALIGNED, position + BEATS_PER_MINUTE);
        return JackLibrary.MEMORY.get(JAVA_INT, position + BAR) >= 1 && beat >= 1 && beat < beatsPerBar + 1 && tick >= 0
                && tick < ticksPerBeat && JackLibrary.MEMORY.get(JAVA_FLOAT, position + BEAT_TYPE) > 0 && beatsPerMinute >= 10
                && beatsPerMinute <= 1000;
    }

    private void tell(boolean rolls, double place, double tempo, long now) {
        double expected = rolling ? seconds + (now - atNanos) / 1e9 : seconds;
        boolean changed = !told || rolls != rolling || Double.compare(tempo, bpm) != 0
                || Math.abs(place - expected) > JUMP_SECONDS;
        rolling = rolls;
        bpm = tempo;
        seconds = place;
        atNanos = now;
        if (changed || now - toldNanos >= TELL_NANOS) {
            told = true;
            toldNanos = now;
            receiver.transport(rolls, beat, place, tempo, now);
        }
    }
}

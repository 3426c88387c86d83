package tapkit.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tapkit.port.MidiMessage;

/**
 * Encodes events of a MIDI file's track, one after the other, into a growing buffer. Ticks are absolute and must not fall; the
 * encoder turns them into deltas. {@link #take} empties the buffer and keeps the time, so that a recorder can append to a file as
 * it goes. Not thread safe.
 */
public final class TrackEncoder {
    /** The longest delta that a MIDI file can hold, four bytes of seven bits. */
    private static final int MAX_DELTA = 0x0FFFFFFF;

    private byte[] bytes = new byte[256];
    private int size;
    private long lastTick;

    /** The 14 bytes before a file's first track. */
    public static byte[] header(int format, int trackCount, int ticksPerBeat) {
        return new TrackEncoder().ascii("MThd").int32(6).int16(format).int16(trackCount).int16(ticksPerBeat).take();
    }

    /** The 8 bytes before a track's events. */
    public static byte[] trackHeader(int length) {
        return new TrackEncoder().ascii("MTrk").int32(length).take();
    }

    /** Adds a message of one to three bytes, packed as {@link MidiMessage} does; no running status. */
    public TrackEncoder message(long tick, int message) {
        delta(tick);
        int length = MidiMessage.length(message);
        for (int i = 0; i < length; i++) {
            int8(message >>> (8 * i));
        }
        return this;
    }

    public TrackEncoder tempo(long tick, int microsPerBeat) {
        return meta(tick, 0x51, 3).int8(microsPerBeat >>> 16).int8(microsPerBeat >>> 8).int8(microsPerBeat);
    }

    /** Adds a metre; the denominator is a power of two. */
    public TrackEncoder timeSignature(long tick, int numerator, int denominator) {
        // 24 MIDI clocks to a metronome click, 8 thirty-seconds to a quarter: what everybody writes.
        return meta(tick, 0x58, 4).int8(numerator).int8(Integer.numberOfTrailingZeros(denominator)).int8(24).int8(8);
    }

    public TrackEncoder trackName(long tick, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return meta(tick, 0x03, utf8.length).raw(utf8);
    }

    /** Adds the end that every track must have: four bytes if the tick is that of the last event. */
    public TrackEncoder endOfTrack(long tick) {
        return meta(tick, 0x2F, 0);
    }

    /** Bytes encoded since the start or the last {@link #take}. */
    public int size() {
        return size;
    }

    /** Hands out what is encoded and empties the buffer. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    private TrackEncoder meta(long tick, int type, int length) {
        delta(tick);
        int8(0xFF).int8(type);
        return varlen(length);
    }

    private void delta(long tick) {
        if (tick < lastTick) {
            throw new IllegalArgumentException("tick " + tick + " after tick " + lastTick);
        }
        for (; tick - lastTick > MAX_DELTA; lastTick += MAX_DELTA) {
            varlen(MAX_DELTA).int8(0xFF).int8(0x01).int8(0); // an empty text bridges a long silence
        }
        varlen((int) (tick - lastTick));
        lastTick = tick;
    }

    private TrackEncoder varlen(int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                int8(0x80 | ((value >>> shift) & 0x7F));
            }
        }
        return int8(value & 0x7F);
    }

    private TrackEncoder ascii(String text) {
        return raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    private TrackEncoder raw(byte[] more) {
        for (byte b : more) {
            int8(b);
        }
        return this;
    }

    private TrackEncoder int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    private TrackEncoder int16(int value) {
        return int8(value >>> 8).int8(value);
    }

    private TrackEncoder int8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
        return this;
    }
}

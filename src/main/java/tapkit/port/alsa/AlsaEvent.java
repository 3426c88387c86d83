package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import tapkit.port.MidiMessage;

/**
 * {@code snd_seq_event_t}, 28 bytes at an address, and what it means as a MIDI message. Its fields: uint8 type, flags, tag, queue; uint32
 * seconds, nanoseconds; uint8 source client, port; uint8 destination client, port; then for notes uint8 channel, note, velocity,
 * and for controllers uint8 channel, 3 unused, uint32 parameter, int32 value. Allocates nothing.
 */
@SuppressWarnings("restricted") // reads and writes memory that libasound owns
final class AlsaEvent {
    static final long BYTES = 28;
    /** All of memory, to read and write through addresses that libasound gives. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The destination that means all ports that are connected to the source. */
    static final int SUBSCRIBERS = 254;
    static final int SUBSCRIBERS_PORT = 253;

    static final int START_QUEUE = 30;
    static final int CLIENT_EXIT = 61;
    static final int PORT_START = 63;
    static final int PORT_EXIT = 64;
    static final int PORT_CHANGE = 65;
    /** Wakes a thread of tapkit's own. */
    static final int WAKE = 90;

    private static final int NOTE = 5;
    private static final int NOTE_ON = 6;
    private static final int NOTE_OFF = 7;
    private static final int KEY_PRESSURE = 8;
    private static final int CONTROLLER = 10;
    private static final int PROGRAM_CHANGE = 11;
    private static final int CHANNEL_PRESSURE = 12;
    private static final int PITCH_BEND = 13;
    private static final int SONG_POSITION = 20;
    private static final int SONG_SELECT = 21;
    private static final int QUARTER_FRAME = 22;
    private static final int START = 30;
    private static final int CONTINUE = 31;
    private static final int STOP = 32;
    private static final int CLOCK = 36;
    private static final int TUNE_REQUEST = 40;
    private static final int RESET = 41;
    private static final int SENSING = 42;

    private static final byte ABSOLUTE_REAL_TIME = 1;
    private static final byte NO_QUEUE = (byte) 253;
    private static final int BEND_CENTRE = 8192;
    private static final long SECOND = 1_000_000_000L;

    private static final int FLAGS = 1;
    private static final int TAG = 2;
    private static final int QUEUE = 3;
    private static final int SECONDS = 4;
    private static final int NANOS = 8;
    private static final int SOURCE_PORT = 13;
    private static final int DEST_CLIENT = 14;
    private static final int DEST_PORT = 15;
    private static final int CHANNEL = 16;
    private static final int DATA_1 = 17;
    private static final int DATA_2 = 18;
    private static final int PARAMETER = 20;
    private static final int VALUE = 24;

    private AlsaEvent() {
    }

    /**
     * Writes a message as an event from a port to whoever is connected to it, at once.
     *
     * @return false if it is no message that an event could carry; then nothing is written
     */
    static boolean encode(long event, int sourcePort, int message) {
        int status = MidiMessage.kind(message);
        int data1 = MidiMessage.data1(message);
        int data2 = MidiMessage.data2(message);
        int type = switch (status) {
            case 0x80 -> NOTE_OFF;
            case 0x90 -> NOTE_ON;
            case 0xA0 -> KEY_PRESSURE;
            case 0xB0 -> CONTROLLER;
            case 0xC0 -> PROGRAM_CHANGE;
            case 0xD0 -> CHANNEL_PRESSURE;
            case 0xE0 -> PITCH_BEND;
            case 0xF1 -> QUARTER_FRAME;
            case 0xF2 -> SONG_POSITION;
            case 0xF3 -> SONG_SELECT;
            case 0xF6 -> TUNE_REQUEST;
            case 0xF8 -> CLOCK;
            case 0xFA -> START;
            case 0xFB -> CONTINUE;
            case 0xFC -> STOP;
            case 0xFE -> SENSING;
            case 0xFF -> RESET;
            default -> -1;
        };
        if (type < 0) {
            return false;
        }
        address(event, type, sourcePort, SUBSCRIBERS, SUBSCRIBERS_PORT);
        if (status < 0xF0) {
            put(event, CHANNEL, MidiMessage.channel(message));
        }
        switch (type) {
            case NOTE_ON, NOTE_OFF, KEY_PRESSURE -> {
                put(event, DATA_1, data1);
                put(event, DATA_2, data2);
            }
            case CONTROLLER -> {
                MEMORY.set(JAVA_INT, event + PARAMETER, data1);
                MEMORY.set(JAVA_INT, event + VALUE, data2);
            }
            case PITCH_BEND -> MEMORY.set(JAVA_INT, event + VALUE, (data1 | data2 << 7) - BEND_CENTRE);
            case SONG_POSITION -> MEMORY.set(JAVA_INT, event + VALUE, data1 | data2 << 7);
            default -> MEMORY.set(JAVA_INT, event + VALUE, data1);
        }
        return true;
    }

    /** Writes an event that wakes whoever reads for this port. */
    static void encodeWake(long event, int client, int port) {
        address(event, WAKE, port, client, port);
    }

    private static void address(long event, int type, int sourcePort, int destClient, int destPort) {
        for (int i = 0; i < BYTES; i += 4) {
            MEMORY.set(JAVA_INT, event + i, 0);
        }
        put(event, 0, type);
        MEMORY.set(JAVA_BYTE, event + QUEUE, NO_QUEUE);
        put(event, SOURCE_PORT, sourcePort);
        to(event, destClient, destPort);
    }

    /** Sends what is written to one port only. */
    static void to(long event, int client, int port) {
        put(event, DEST_CLIENT, client);
        put(event, DEST_PORT, port);
    }

    /** Lets what is written wait in a queue until a time on the queue's clock; the tag tells whose it is. */
    static void schedule(long event, int queue, int tag, long queueNanos) {
        MEMORY.set(JAVA_BYTE, event + FLAGS, ABSOLUTE_REAL_TIME);
        put(event, TAG, tag);
        put(event, QUEUE, queue);
        MEMORY.set(JAVA_INT, event + SECONDS, (int) (queueNanos / SECOND));
        MEMORY.set(JAVA_INT, event + NANOS, (int) (queueNanos % SECOND));
    }

    /** The message that an event carries, packed as {@link MidiMessage} says; 0 if it is none. */
    static int decode(long event) {
        int value = MEMORY.get(JAVA_INT, event + VALUE);
        return switch (type(event)) {
            case NOTE, NOTE_ON -> note(event, MidiMessage.NOTE_ON);
            case NOTE_OFF -> note(event, MidiMessage.NOTE_OFF);
            case KEY_PRESSURE -> note(event, 0xA0);
            case CONTROLLER -> {
                int parameter = MEMORY.get(JAVA_INT, event + PARAMETER);
                yield parameter > 127 ? 0 : channel(event, MidiMessage.CONTROL_CHANGE, parameter, value);
            }
            case PROGRAM_CHANGE -> channel(event, 0xC0, value, 0);
            case CHANNEL_PRESSURE -> channel(event, 0xD0, value, 0);
            case PITCH_BEND -> channel(event, 0xE0, value + BEND_CENTRE, (value + BEND_CENTRE) >>> 7);
            case QUARTER_FRAME -> MidiMessage.pack(0xF1, value, 0);
            case SONG_POSITION -> MidiMessage.pack(MidiMessage.SONG_POSITION, value, value >>> 7);
            case SONG_SELECT -> MidiMessage.pack(0xF3, value, 0);
            case TUNE_REQUEST -> 0xF6;
            case CLOCK -> MidiMessage.CLOCK;
            case START -> MidiMessage.START;
            case CONTINUE -> MidiMessage.CONTINUE;
            case STOP -> MidiMessage.STOP;
            case SENSING -> MidiMessage.ACTIVE_SENSING;
            case RESET -> 0xFF;
            default -> 0;
        };
    }

    private static int note(long event, int status) {
        return channel(event, status, get(event, DATA_1), get(event, DATA_2));
    }

    private static int channel(long event, int status, int data1, int data2) {
        return MidiMessage.pack(status | (get(event, CHANNEL) & 0x0F), data1, data2);
    }

    static int type(long event) {
        return get(event, 0);
    }

    /** The port that the event came to. */
    static int destPort(long event) {
        return get(event, DEST_PORT);
    }

    /** Whether the event was stamped with real time of this queue. */
    static boolean isStamped(long event, int queue) {
        return (get(event, FLAGS) & ABSOLUTE_REAL_TIME) != 0 && get(event, QUEUE) == queue;
    }

    /** The time stamp, on its queue's clock. */
    static long queueNanos(long event) {
        return nanos(event + SECONDS);
    }

    /** {@code snd_seq_real_time_t} at an address: uint32 seconds, nanoseconds. */
    static long nanos(long realTime) {
        return Integer.toUnsignedLong(MEMORY.get(JAVA_INT, realTime)) * SECOND
                + Integer.toUnsignedLong(MEMORY.get(JAVA_INT, realTime + (NANOS - SECONDS)));
    }

    /** Of an announcement: the client that it is about. */
    static int announcedClient(long event) {
        return get(event, CHANNEL);
    }

    /** Of an announcement: the port that it is about. */
    static int announcedPort(long event) {
        return get(event, DATA_1);
    }

    private static int get(long event, int offset) {
        return MEMORY.get(JAVA_BYTE, event + offset) & 0xFF;
    }

    private static void put(long event, int offset, int value) {
        MEMORY.set(JAVA_BYTE, event + offset, (byte) value);
    }
}

package tapkit.port.coremidi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;

/**
 * {@code MIDIPacketList}: uint32 number of packets; then each {@code MIDIPacket}: uint64 time stamp, uint16 length, bytes. The header packs
 * them to four bytes; on ARM each packet begins at a multiple of four, on Intel right after the one before. A packet may hold several
 * whole messages of one time. Allocates nothing.
 */
final class Packets {
    /** A list of one short message, with room to spare. */
    static final long ONE_BYTES = 32;
    private static final long FIRST = 4;
    private static final long LENGTH = 8;
    private static final long DATA = 10;

    private Packets() {
    }

    /** Writes a list of one message. */
    static void writeOne(MemorySegment list, int message, long hostTicks) {
        int length = MidiMessage.length(message);
        list.set(JAVA_INT, 0, 1);
        list.set(JAVA_LONG_UNALIGNED, FIRST, hostTicks);
        list.set(JAVA_SHORT_UNALIGNED, FIRST + LENGTH, (short) length);
        for (int i = 0; i < length; i++) {
            list.set(JAVA_BYTE, FIRST + DATA + i, (byte) (message >>> (8 * i)));
        }
    }

    /**
     * Hands the short messages of a list to a receiver, each with its time; a time stamp of 0 means now.
     *
     * @param aligned whether packets begin at multiples of four bytes (ARM)
     */
    static void read(MemorySegment list, boolean aligned, HostTime time, long nowNanos, MidiReceiver receiver) {
        int count = list.get(JAVA_INT, 0);
        long packet = FIRST;
        for (int i = 0; i < count; i++) {
            long ticks = list.get(JAVA_LONG_UNALIGNED, packet);
            int length = Short.toUnsignedInt(list.get(JAVA_SHORT_UNALIGNED, packet + LENGTH));
            readMessages(list, packet + DATA, length, ticks == 0 ? nowNanos : time.nanos(ticks), receiver);
            packet += DATA + length;
            if (aligned) {
                packet = (packet + 3) & ~3L;
            }
        }
    }

    private static void readMessages(MemorySegment list, long from, int length, long atNanos, MidiReceiver receiver) {
        int at = 0;
        while (at < length) {
            int status = list.get(JAVA_BYTE, from + at) & 0xFF;
            int size = status < 0x80 ? 0 : MidiMessage.length(status);
            if (size == 0 || at + size > length) {
                at++; // system exclusive, or what is left of it
                continue;
            }
            int message = 0;
            for (int i = 0; i < size; i++) {
                message |= (list.get(JAVA_BYTE, from + at + i) & 0xFF) << (8 * i);
            }
            receiver.receive(message, atNanos);
            at += size;
        }
    }
}

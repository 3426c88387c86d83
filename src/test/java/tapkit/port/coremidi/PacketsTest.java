package tapkit.port.coremidi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.port.MidiMessage;

/** Lists of packets as Apple's header lays them out, byte by byte. */
class PacketsTest {
    private static final HostTime NANOS = new HostTime(1, 1, 1000);

    private record Heard(int message, long atNanos) {
    }

    private static MemorySegment list(boolean aligned, long[] ticks, byte[]... packets) {
        MemorySegment list = Arena.ofAuto().allocate(256, 4);
        ByteBuffer bytes = list.asByteBuffer().order(ByteOrder.nativeOrder());
        bytes.putInt(packets.length);
        for (int i = 0; i < packets.length; i++) {
            bytes.putLong(ticks[i]).putShort((short) packets[i].length).put(packets[i]);
            if (aligned) {
                bytes.position((bytes.position() + 3) & ~3);
            }
        }
        return list;
    }

    private static List<Heard> read(MemorySegment list, boolean aligned) {
        List<Heard> heard = new ArrayList<>();
        Packets.read(list, aligned, NANOS, 77, (message, at) -> heard.add(new Heard(message, at)));
        return heard;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadEveryMessageOfEveryPacket(boolean aligned) {
        MemorySegment list = list(aligned, new long[]{500, 0, 900}, new byte[]{(byte) 0x99, 38, 100, (byte) 0xF8},
                new byte[]{(byte) 0xF0, 1, 2, 3, (byte) 0xF7}, new byte[]{(byte) 0xC1, 7, (byte) 0x89, 38, 0});
        assertThat(read(list, aligned)).containsExactly(new Heard(MidiMessage.noteOn(9, 38, 100), 1500),
                new Heard(MidiMessage.CLOCK, 1500), new Heard(MidiMessage.pack(0xC1, 7, 0), 1900),
                new Heard(MidiMessage.noteOff(9, 38), 1900));
    }

    @Test
    void shouldTakeATimeOfZeroForNow() {
        assertThat(read(list(true, new long[]{0}, new byte[]{(byte) 0xFA}), true)).containsExactly(
                new Heard(MidiMessage.START, 77));
    }

    @Test
    void shouldNotReadBeyondAMessageThatIsCutOff() {
        assertThat(read(list(true, new long[]{5}, new byte[]{(byte) 0x99, 38}), true)).isEmpty();
    }

    @Test
    void shouldReadWhatItWrote() {
        MemorySegment list = Arena.ofAuto().allocate(Packets.ONE_BYTES, 4);
        for (int message : new int[]{MidiMessage.noteOn(9, 127, 1), MidiMessage.CLOCK, MidiMessage.pack(0xC0, 5, 0)}) {
            Packets.writeOne(list, message, 123_456_789_012L);
            assertThat(read(list, true)).containsExactly(new Heard(message, 123_456_790_012L));
        }
    }

    /** Apple's processors count 24 million ticks a second, Intel's Macs nanoseconds. */
    @Test
    void shouldConvertTimes() {
        HostTime apple = new HostTime(125, 3, -5_000);
        assertThat(apple.nanos(24_000_000)).isEqualTo(1_000_000_000L - 5_000);
        assertThat(apple.ticks(1_000_000_000L - 5_000)).isEqualTo(24_000_000);
        long year = 365L * 86_400 * 24_000_000;
        assertThat(apple.ticks(apple.nanos(year + 17))).isBetween(year + 16, year + 17);
        assertThat(NANOS.nanos(NANOS.ticks(987_654_321))).isEqualTo(987_654_321);
    }
}

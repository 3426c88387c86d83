package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.port.MidiMessage;

class AlsaEventTest {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(AlsaEvent.BYTES + 8, 8);
    private final long event = memory.address();

    @AfterEach
    void free() {
        arena.close();
    }

    private int unsigned(int offset) {
        return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
    }

    /** Every channel message, and every system message of at most three bytes, comes back as it went. */
    @Test
    void shouldCarryEveryShortMessage() {
        for (int status = 0x80; status <= 0xFF; status++) {
            int length = MidiMessage.length(status);
            for (int data1 = 0; data1 < (length > 1 ? 128 : 1); data1++) {
                for (int data2 = 0; data2 < (length > 2 ? 128 : 1); data2 += 3) {
                    int message = MidiMessage.pack(status, data1, data2);
                    memory.fill((byte) 0x55);
                    assertThat(AlsaEvent.encode(event, 3, message)).isEqualTo(length > 0);
                    if (length > 0) {
                        assertThat(AlsaEvent.decode(event)).as("message %x", message).isEqualTo(message);
                        assertThat(unsigned((int) AlsaEvent.BYTES)).as("what lies behind").isEqualTo(0x55);
                    }
                }
            }
        }
    }

    /** The layout of snd_seq_event_t in alsa/seq_event.h. */
    @Test
    void shouldLayANoteOutAsTheKernelReadsIt() {
        AlsaEvent.encode(event, 2, MidiMessage.noteOn(9, 36, 100));
        AlsaEvent.schedule(event, 5, 7, 3_000_000_042L);
        assertThat(memory.asSlice(0, AlsaEvent.BYTES).toArray(ValueLayout.JAVA_BYTE)).containsExactly(6, 1, 7, 5, 3, 0, 0, 0,
                42, 0, 0, 0, 0, 2, (byte) 254, (byte) 253, 9, 36, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(AlsaEvent.queueNanos(event)).isEqualTo(3_000_000_042L);
        assertThat(AlsaEvent.isStamped(event, 5)).isTrue();
        assertThat(AlsaEvent.isStamped(event, 4)).isFalse();
    }

    @Test
    void shouldGoAtOnceToAllUnlessToldOtherwise() {
        AlsaEvent.encode(event, 2, MidiMessage.CLOCK);
        assertThat(unsigned(3)).as("queue: direct").isEqualTo(253);
        assertThat(AlsaEvent.isStamped(event, 253)).isFalse();
        AlsaEvent.to(event, 24, 1);
        assertThat(unsigned(14)).isEqualTo(24);
        assertThat(AlsaEvent.destPort(event)).isOne();
    }

    @Test
    void shouldCountTimeBeyondWhatAnIntHolds() {
        AlsaEvent.encode(event, 0, MidiMessage.CLOCK);
        long day = 86_400_000_000_000L * 365;
        AlsaEvent.schedule(event, 0, 1, day + 999_999_999);
        assertThat(AlsaEvent.queueNanos(event)).isEqualTo(day + 999_999_999);
    }

    /** Announcements, wake-ups, controllers of 14 bits, system-exclusive. */
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 60, 61, 63, 64, 66, 90, 130, 255})
    void shouldTakeOtherEventsForNoMessage(int type) {
        memory.fill((byte) 0);
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) type);
        assertThat(AlsaEvent.decode(event)).isZero();
    }

    @Test
    void shouldTakeANoteWithALengthForItsBeginning() {
        AlsaEvent.encode(event, 0, MidiMessage.noteOn(0, 60, 64));
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 5);
        assertThat(AlsaEvent.decode(event)).isEqualTo(MidiMessage.noteOn(0, 60, 64));
    }

    @Test
    void shouldAllocateNothingOnceItIsCompiled() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long allocated;
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            int sum = 0;
            for (int i = 0; i < 20_000; i++) {
                AlsaEvent.encode(event, 2, MidiMessage.noteOn(9, i & 127, 100));
                AlsaEvent.schedule(event, 5, 7, i * 1_000_000L);
                sum += AlsaEvent.decode(event) + (AlsaEvent.isStamped(event, 5) ? 1 : 0);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(sum).isNotZero();
        } while (allocated > 0 && System.nanoTime() < deadline);
        assertThat(allocated).as("bytes in 20,000 messages out and in").isZero();
    }

    @Test
    void shouldWakeOnlyTheReader() {
        AlsaEvent.encodeWake(event, 130, 2);
        assertThat(AlsaEvent.type(event)).isEqualTo(AlsaEvent.WAKE);
        assertThat(AlsaEvent.destPort(event)).isEqualTo(2);
        assertThat(unsigned(14)).isEqualTo(130);
        assertThat(AlsaEvent.decode(event)).isZero();
    }
}

package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingMessagesTest {
    private static final int ON = MidiMessage.noteOn(9, 36, 100);
    private static final int OFF = MidiMessage.noteOff(9, 36);

    @Test
    void shouldPutNoteOffsBeforeNoteOnsOfTheSameTime() {
        PendingMessages pending = new PendingMessages(8);
        pending.add(ON, 100);
        pending.add(OFF, 100);
        assertThat(pending.message(0)).isEqualTo(OFF);
        assertThat(pending.message(1)).isEqualTo(ON);
    }

    @Test
    void shouldNeverLetTheEndOfANoteOvertakeItsBeginning() {
        PendingMessages pending = new PendingMessages(8);
        pending.add(ON, 100);
        pending.add(OFF, 101);
        assertThat(pending.message(0)).isEqualTo(ON);
    }

    @Test
    void shouldOrderTimesAcrossTheClocksOverflow() {
        PendingMessages pending = new PendingMessages(8);
        pending.add(2, Long.MIN_VALUE + 5);
        pending.add(1, Long.MAX_VALUE - 5);
        assertThat(pending.message(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAgreeWithAStableSort(long seed) {
        Random random = new Random(seed);
        PendingMessages pending = new PendingMessages(256);
        List<long[]> expected = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int i = random.nextInt(20); i > 0 && !pending.isFull(); i--) {
                int message = random.nextBoolean()
                        ? MidiMessage.noteOn(9, random.nextInt(128), 1)
                        : MidiMessage.noteOff(9, random.nextInt(128));
                long at = random.nextInt(30);
                pending.add(message, at);
                expected.add(new long[]{at, message});
            }
            expected.sort(Comparator.<long[]>comparingLong(entry -> entry[0])
                    .thenComparing(entry -> !MidiMessage.isNoteOff((int) entry[1])));
            int gone = random.nextInt(pending.size() + 1);
            pending.removeFirst(gone);
            expected.subList(0, gone).clear();
            assertThat(pending.size()).isEqualTo(expected.size());
            for (int i = 0; i < pending.size(); i++) {
                assertThat(pending.atNanos(i)).isEqualTo(expected.get(i)[0]);
                assertThat(pending.message(i)).isEqualTo((int) expected.get(i)[1]);
            }
        }
    }
}

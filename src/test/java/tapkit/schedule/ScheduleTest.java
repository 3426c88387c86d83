package tapkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule(64, 60, 30);
    private final List<String> sent = new ArrayList<>();
    private boolean takes = true;
    private final Schedule.Sink sink = new Schedule.Sink() {
        @Override
        public boolean noteOn(int note, int velocity, long atNanos) {
            return add("on " + note + " v" + velocity + " @" + atNanos);
        }

        @Override
        public boolean noteOff(int note, long atNanos) {
            return add("off " + note + " @" + atNanos);
        }

        private boolean add(String event) {
            if (takes) {
                sent.add(event);
            }
            return takes;
        }
    };

    @Test
    void shouldHandOverInOrderOfTimeALeadAhead() {
        schedule.add(38, 90, 1200);
        schedule.add(36, 100, 1000);
        schedule.run(899, 100, sink);
        assertThat(sent).isEmpty();
        schedule.run(900, 100, sink);
        assertThat(sent).containsExactly("on 36 v100 @1000");
        schedule.run(2000 - 800, 100, sink);
        assertThat(sent).containsExactly("on 36 v100 @1000", "off 36 @1060", "on 38 v90 @1200", "off 38 @1260");
    }

    @Test
    void shouldKeepTheOrderOfEqualTimes() {
        for (int note = 40; note < 50; note++) {
            schedule.add(note, 1, 1000);
        }
        schedule.run(950, 50, sink);

        assertThat(sent).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(sent.get(i)).startsWith("on " + (40 + i));
        }
    }

    @Test
    void shouldCutANoteAtItsNextOnsetAndNeverEndTheNewerNote() {
        schedule.add(36, 100, 1000);
        schedule.add(36, 90, 1040);
        schedule.run(1200, 0, sink);

        // too late by more than the limit: dropped, not stuck
        assertThat(sent).isEmpty();
        assertThat(schedule.dropped()).isEqualTo(2);

        schedule.add(36, 100, 2000);
        schedule.add(36, 90, 2040);
        for (long now = 1900; now < 2300; now++) {
            schedule.run(now, 100, sink);
        }
        assertThat(sent).containsExactly("on 36 v100 @2000", "off 36 @2039", "on 36 v90 @2040", "off 36 @2100");
    }

    @Test
    void shouldPlayALateNoteAtOnceAndCountIt() {
        schedule.add(36, 100, 1000);
        schedule.run(1020, 0, sink);

        assertThat(sent).containsExactly("on 36 v100 @1000");
        assertThat(schedule.late()).isEqualTo(1);
        schedule.run(1080, 0, sink);
        assertThat(sent).last().isEqualTo("off 36 @1080");
    }

    /** A note that was struck past the schedule is ended once, and not by the end of one before it. */
    @Test
    void shouldEndWhatWasStruckPastIt() {
        schedule.struck(38, 1000);
        schedule.add(36, 100, 1010);
        schedule.run(1010, 0, sink);
        schedule.struck(36, 1030);
        schedule.add(36, 90, 1200);
        for (long now = 1030; now < 1400; now++) {
            schedule.run(now, 0, sink);
        }
        assertThat(sent).containsExactly("on 36 v100 @1010", "off 38 @1060", "off 36 @1090", "on 36 v90 @1200",
                "off 36 @1260");
        schedule.struck(40, 2000);
        schedule.clear();
        schedule.run(3000, 0, sink);
        assertThat(sent).hasSize(5);
    }

    @Test
    void shouldOfferANoteOffAgainThatWasNotTaken() {
        schedule.add(36, 100, 1000);
        schedule.run(1000, 0, sink);
        takes = false;
        schedule.run(1060, 0, sink);
        takes = true;
        schedule.run(1300, 0, sink);

        assertThat(sent).hasSize(2).last().asString().startsWith("off 36");
        assertThat(schedule.refused()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatFindsNoRoom() {
        for (int i = 0; i < 65; i++) {
            schedule.add(36, 1, 1000);
        }

        assertThat(schedule.dropped()).isEqualTo(1);
    }

    @Test
    void shouldStayInOrderForAnyMixture() {
        Schedule large = new Schedule(2000, 60, 1_000_000);
        Random random = new Random(1);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            large.add(random.nextInt(128), 1 + random.nextInt(127), random.nextInt(100_000));
        }
        Schedule.Sink order = new Schedule.Sink() {
            @Override
            public boolean noteOn(int note, int velocity, long atNanos) {
                times.add(atNanos);
                return true;
            }

            @Override
            public boolean noteOff(int note, long atNanos) {
                return true;
            }
        };
        large.run(200_000, 0, order);

        assertThat(times).hasSize(1000).isSorted();
    }
}

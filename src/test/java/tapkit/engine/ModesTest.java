package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tapkit.engine.SimulatedSession.BEGIN;
import static tapkit.engine.SimulatedSession.MS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.control.Control;
import tapkit.engine.SimulatedSession.Sent;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;

/** Together, loop, parts and structure, with the echo for a model: each tap is a kick. */
class ModesTest {
    private static final double BPM = 120;
    private static final long STEP = 125 * MS;
    private static final long BAR = 16 * STEP;
    private static final long ZERO = BEGIN + 333 * MS;
    private static final long TURN = 500_000;
    private static final int SIDE_STICK = 37;

    private SimulatedSession session;

    private void play(String mode, Object... knobs) {
        Map<String, Double> all = new HashMap<>();
        all.put("mode", switch (mode) {
            case "together" -> 1.0;
            case "loop" -> 2.0;
            default -> 0.0;
        });
        for (int i = 0; i < knobs.length; i += 2) {
            all.put((String) knobs[i], ((Number) knobs[i + 1]).doubleValue());
        }
        session = new SimulatedSession(SimulatedSession.internal(BPM, all));
    }

    private void tap(double step) {
        tap(step, 100);
    }

    private void tap(double step, int velocity) {
        session.tap(ZERO + Math.round(step * STEP), 38, velocity);
    }

    private void press(double step, Control control) {
        session.control(ZERO + Math.round(step * STEP), control, 1);
    }

    private void set(double step, Control control, double value) {
        session.control(ZERO + Math.round(step * STEP), control, value);
    }

    private void runToBar(double bar) {
        session.run(ZERO + Math.round(bar * BAR), TURN);
    }

    /** Positions of all hits in steps, to a hundredth; a hit that a hand struck is a turn or two late. */
    private List<Double> onsets() {
        return session.onsets(ZERO, BPM).stream().map(step -> Math.rint(step * 20) / 20).toList();
    }

    private List<Double> onsets(Voice voice) {
        return session.drums.sent.stream().filter(Sent::isNoteOn)
                .filter(s -> MidiMessage.data1(s.message()) == voice.note())
                .map(s -> Math.rint((s.atNanos() - ZERO) / (double) STEP * 20) / 20).toList();
    }

    // --- together

    @Test
    void shouldSoundEachTapAtOnceAndRepeatItFromTheNextBarOn() {
        play("together");
        tap(0);
        tap(4.2);
        tap(10);
        runToBar(3.95);

        // while the second bar of the phrase has no taps the first one stands for it
        assertThat(onsets()).containsExactly(0.0, 4.2, 10.0, 16.0, 20.2, 26.0, 32.0, 36.2, 42.0, 48.0, 52.2, 58.0);
        for (int i = 0; i < 3; i++) {
            Sent sent = session.drums.sent.stream().filter(Sent::isNoteOn).toList().get(i);
            assertThat(sent.handedNanos() - ZERO - Math.round(new double[]{0, 4.2, 10}[i] * STEP)).isLessThan(2 * MS);
        }
    }

    @Test
    void shouldNotDoubleWhatWasHandedOverOrWhatTheHandStruck() {
        play("together");
        tap(0);
        tap(8);
        tap(32 - 0.3); // well before the pattern's hit: the hand's own, the pattern keeps still
        tap(40 + 0.05); // just after it: the pattern's hit is the hand's
        tap(64 + 8 - 0.4);
        runToBar(5.95);

        List<Double> onsets = onsets();
        assertThat(onsets).contains(31.7, 40.0).doesNotContain(32.0);
        for (int step = 0; step < 95; step++) {
            double at = step;
            assertThat(onsets.stream().filter(o -> Math.abs(o - at) < 0.5)).as("step %d", step).hasSizeLessThan(2);
        }
    }

    @Test
    void shouldLetARollOfTheHandSoundWithinOneStep() {
        play("together");
        tap(0);
        tap(4);
        tap(4.4);
        runToBar(0.5);

        assertThat(onsets()).containsExactly(0.0, 4.0, 4.4);
    }

    @Test
    void shouldReshapeTheRestOfThePhraseWhileHitsThatAreDueStay() {
        play("together");
        tap(0);
        tap(12);
        runToBar(2);
        int before = session.drums.sent.size();
        tap(32 + 4);
        runToBar(2.9);

        assertThat(onsets().stream().filter(o -> o >= 31.9)).containsExactly(32.0, 36.0, 44.0);
        assertThat(session.drums.sent).hasSizeGreaterThan(before);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 4"})
    void shouldForgetATapAfterItsPasses(int memory, int passes) {
        play("together", "memory", memory, "phrase", 0);
        tap(5);
        runToBar(8);

        // the first tap starts the clock: it is step 0
        assertThat(onsets()).hasSize(passes);
    }

    @Test
    void shouldKeepTapsForEverIfToldTo() {
        play("together", "memory", 10, "phrase", 0);
        tap(0);
        tap(16 + 4);
        tap(32 + 8);
        runToBar(20);

        assertThat(onsets().stream().filter(o -> o >= 19 * 16 - 0.5 && o < 319)).containsExactly(304.0, 308.0, 312.0);
    }

    @Test
    void shouldLetNewTapsReplaceTheOldestOneForOneIfMemoryAdapts() {
        play("together", "memory", 11, "phrase", 0);
        tap(0);
        tap(2);
        tap(4);
        tap(16 + 8);
        tap(16 + 10);
        runToBar(4.9);

        assertThat(onsets().stream().filter(o -> o >= 63.5)).containsExactly(68.0, 72.0, 74.0);
    }

    @Test
    void shouldLeaveNoNoteSoundingAndEndNoneEarly() {
        play("together", "variation", 60);
        Random random = new Random(5);
        tap(0);
        for (int step = 1; step < 16 * 30; step++) {
            if (random.nextInt(3) == 0) {
                tap(step + random.nextDouble() * 0.8 - 0.4, 30 + random.nextInt(90));
            }
        }
        runToBar(31);
        session.control(ZERO + 31 * BAR, Control.STOP, 1);
        session.run(ZERO + 32 * BAR, TURN);

        Map<Integer, Integer> sounding = new HashMap<>();
        List<Sent> inTime = new ArrayList<>(session.drums.sent);
        inTime.sort((a, b) -> a.atNanos() != b.atNanos()
                ? Long.compare(a.atNanos(), b.atNanos())
                : Boolean.compare(a.isNoteOn(), b.isNoteOn())); // as ports order them
        long silenced = ZERO + 31 * BAR;
        for (Sent sent : inTime) {
            if (sent.atNanos() < silenced) {
                int note = MidiMessage.data1(sent.message());
                if (sent.isNoteOn()) {
                    sounding.merge(note, 1, Integer::sum);
                } else {
                    sounding.put(note, 0);
                }
            }
        }
        assertThat(session.drums.silenced).isEqualTo(1); // what still sounds was ended by this
        assertThat(sounding.values()).allMatch(n -> n <= 1);
        assertThat(session.drums.sent.stream().filter(Sent::isNoteOn).count()).isGreaterThan(200);
    }

    // --- loop

    @Test
    void shouldRecordFromTheFirstTapAndRepeat() {
        play("loop", "loop-bars", 1); // two bars
        tap(0);
        tap(20);
        tap(33); // not overdubbed
        runToBar(5.95);

        assertThat(onsets()).containsExactly(0.0, 20.0, 32.0, 52.0, 64.0, 84.0);
        assertThat(session.snapshot().answered()).isPositive();
    }

    @Test
    void shouldOverdubUndoAndRedo() {
        play("loop", "loop-bars", 0);
        tap(0);
        set(14, Control.OVERDUB, 1);
        tap(16 + 6);
        press(40, Control.UNDO);
        press(72, Control.REDO);
        runToBar(5.95);

        assertThat(onsets()).containsExactly(0.0, 16.0, 22.0, 32.0, 38.0, 48.0, 64.0, 80.0, 86.0);
    }

    @Test
    void shouldClearAndBringBack() {
        play("loop", "loop-bars", 0);
        tap(0);
        tap(8);
        press(20, Control.CLEAR);
        press(50, Control.UNDO);
        runToBar(4.95);

        assertThat(onsets()).containsExactly(0.0, 8.0, 16.0, 56.0, 64.0, 72.0);
    }

    @Test
    void shouldCountInBeforeItRecords() {
        play("loop", "loop-bars", 0, "count-in", 1);
        press(0, Control.RECORD);
        runToBar(0.5);
        assertThat(session.snapshot().recording()).isEqualTo(EngineSnapshot.Recording.ARMED);
        tap(16);
        tap(20.1);
        runToBar(1.5);
        assertThat(session.snapshot().recording()).isEqualTo(EngineSnapshot.Recording.ON);
        runToBar(2.95);

        List<Sent> clicks = session.drums.sent.stream().filter(Sent::isNoteOn)
                .filter(s -> MidiMessage.data1(s.message()) == SIDE_STICK).toList();
        assertThat(clicks).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat((clicks.get(i).atNanos() - ZERO) / (double) STEP).isCloseTo(4 * i, within(0.05));
        }
        assertThat(onsets(Voice.KICK)).containsExactly(16.0, 20.1, 32.0, 36.1);
    }

    @ParameterizedTest
    @CsvSource({"answer, true", "answer, false", "together, true", "together, false", "loop, false"})
    void shouldCountInBeforeItStartsByButtonOrFirstTap(String mode, boolean byButton) {
        play(mode, "count-in", 2, "loop-bars", 0);
        if (byButton) {
            press(0, Control.START);
        } else {
            tap(0);
        }
        tap(12); // along with the clicks: nobody's groove
        tap(32);
        tap(36.1);
        runToBar(4.95);

        List<Sent> clicks = session.drums.sent.stream().filter(Sent::isNoteOn)
                .filter(s -> MidiMessage.data1(s.message()) == SIDE_STICK).toList();
        assertThat(clicks).extracting(s -> Math.rint((s.atNanos() - ZERO) / (double) STEP * 20) / 20)
                .containsExactly(0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 28.0);
        assertThat(clicks).filteredOn(s -> MidiMessage.data2(s.message()) > 100).hasSize(2);
        List<Double> kicks = onsets(Voice.KICK);
        assertThat(kicks).contains(48.0, 52.1, 64.0, 68.1).allMatch(step -> step >= 32);
        assertThat(kicks.stream().filter(step -> step < 40).toList())
                .isEqualTo("answer".equals(mode) ? List.of() : List.of(32.0, 36.1));
    }

    @Test
    void shouldClickOnTheBeatsWhenTheTempoChangesInTheCountIn() {
        play("answer", "count-in", 1);
        press(0, Control.START);
        session.control(ZERO + 5 * STEP, Control.BPM, 60); // three quarters of a beat before the third click
        runToBar(2.5);

        assertThat(onsets(Voice.of(0))).isEmpty();
        assertThat(onsets()).containsExactly(0.0, 4.0, 5 + 6.0, 5 + 6.0 + 8);
    }

    @Test
    void shouldNotClickAnyMoreWhenStoppedInTheCountIn() {
        play("answer", "count-in", 1);
        press(0, Control.START);
        press(5, Control.STOP);
        runToBar(2);

        assertThat(onsets()).containsExactly(0.0, 4.0);
        assertThat(session.snapshot().running()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "3, 8"})
    void shouldRepeatALoopOfAnyLengthFromTheCountIn(int choice, int bars) {
        play("loop", "loop-bars", choice);
        press(0, Control.RECORD); // from a standstill a bar of clicks, whatever count-in says
        tap(16);
        tap(16 * bars + 4);
        runToBar(1 + 2 * bars + 0.95);

        assertThat(onsets(Voice.KICK).stream().filter(o -> o < 16 * (2 * bars + 1) - 0.5)).isEqualTo(
                bars == 1
                        ? List.of(16.0, 20.0, 32.0, 36.0)
                        : List.of(16.0, 16.0 * bars + 4, 16.0 * bars + 16, 32.0 * bars + 4));
    }

    @ParameterizedTest
    @CsvSource({"0, '16, 20, 36, 40, 52, 56, 68, 72'", "1, '16, 20, 32, 36, 52, 56, 64, 68'"})
    void shouldAnswerWithAPhraseOfOneOrTwoBars(int phrase, String expected) {
        play("answer", "phrase", phrase);
        tap(0);
        tap(4);
        tap(20);
        tap(24);
        runToBar(4.95);

        List<Double> wanted = new ArrayList<>();
        for (String step : expected.split(", ", -1)) {
            wanted.add(Double.parseDouble(step));
        }
        assertThat(onsets()).isEqualTo(wanted);
    }

    @Test
    void shouldEndARecordingWithTheBarIfPressedAgain() {
        play("loop", "loop-bars", 3);
        tap(0);
        tap(20);
        press(25, Control.RECORD);
        runToBar(3.95);

        assertThat(onsets()).containsExactly(0.0, 20.0, 32.0, 52.0);
    }

    @ParameterizedTest
    @CsvSource({"loop, loop-bars, 0, '64, 80, 96, 112'", "loop, loop-bars, 2, '64, 68, 72, 76'",
            "together, phrase, 0, '64, 80, 96, 112'", "together, phrase, 2, '64, 68, 72, 76'"})
    void shouldPlayInHalfAndDoubleTime(String mode, String length, int time, String expected) {
        play(mode, length, 0);
        tap(0);
        tap(8);
        set(56, Control.TIME, time);
        runToBar(7.95);

        List<Double> wanted = new ArrayList<>();
        for (String step : expected.split(", ", -1)) {
            wanted.add(Double.parseDouble(step));
        }
        assertThat(onsets().stream().filter(o -> o >= 63.5).limit(4).toList()).isEqualTo(wanted);
    }

    @Test
    void shouldNeverPlayTwoBarsAlikeUnlessToldTo() {
        play("loop", "loop-bars", 0, "variation", 25);
        for (int step : new int[]{0, 3, 6, 10, 12}) {
            tap(step, 60 + step);
        }
        runToBar(40);
        Set<String> different = bars(1, 39);
        assertThat(different).hasSize(38);

        play("loop", "loop-bars", 0, "variation", 0);
        for (int step : new int[]{0, 3, 6, 10, 12}) {
            tap(step, 60 + step);
        }
        runToBar(40);
        assertThat(bars(1, 39)).hasSize(1);
    }

    private Set<String> bars(int from, int to) {
        Set<String> bars = new HashSet<>();
        for (int bar = from; bar < to; bar++) {
            StringBuilder text = new StringBuilder();
            for (Sent sent : session.drums.sent) {
                double step = (sent.atNanos() - ZERO) / (double) STEP - 16 * bar;
                if (sent.isNoteOn() && step >= -0.5 && step < 15.5) {
                    text.append("%d@%.3f ".formatted(sent.message(), step));
                }
            }
            bars.add(text.toString());
        }
        return bars;
    }

    // --- from mode to mode, and structure

    @Test
    void shouldTakeTheGrooveAlongFromModeToMode() {
        play("answer");
        tap(0);
        tap(6);
        set(24, Control.MODE, 1);
        set(56, Control.MODE, 2);
        set(88, Control.MODE, 0);
        runToBar(7.95);

        assertThat(onsets()).containsExactly(16.0, 22.0, 32.0, 38.0, 48.0, 54.0, 64.0, 70.0, 80.0, 86.0, 96.0, 102.0, 112.0,
                118.0);
    }

    @Test
    void shouldKeepAGrooveInEachPart() {
        play("loop", "loop-bars", 0);
        tap(0);
        set(20, Control.PART, 1); // B begins as A
        press(34, Control.CLEAR);
        tap(48 + 4);
        set(70, Control.PART, 0);
        set(84, Control.PART, 1);
        runToBar(6.95);

        assertThat(onsets()).containsExactly(0.0, 16.0, 32.0, 52.0, 68.0, 80.0, 100.0);
    }

    @Test
    void shouldFillFromTheNextBeatAndLandOnTheNextBar() {
        play("answer");
        tap(0);
        press(32 + 5, Control.FILL);
        runToBar(3.95);

        List<Double> toms = new ArrayList<>(onsets(Voice.HIGH_TOM));
        toms.addAll(onsets(Voice.MID_TOM));
        toms.addAll(onsets(Voice.LOW_TOM));
        assertThat(toms).isNotEmpty().allMatch(step -> step >= 40 && step < 48);
        assertThat(onsets(Voice.CRASH)).containsExactly(48.0);
        assertThat(onsets(Voice.KICK)).contains(32.0, 48.0);
    }

    @Test
    void shouldBreakForABarAndGoOn() {
        play("answer");
        tap(0);
        tap(8);
        press(20, Control.BREAK);
        runToBar(3.95);

        assertThat(onsets(Voice.KICK)).containsExactly(16.0, 24.0, 32.0, 48.0, 56.0);
        assertThat(onsets(Voice.CRASH)).containsExactly(32.0, 48.0);
    }

    @Test
    void shouldEndWithAFillAndALastStroke() {
        play("answer");
        tap(0);
        tap(8);
        press(20, Control.ENDING);
        runToBar(8);

        assertThat(onsets(Voice.CRASH)).containsExactly(48.0);
        assertThat(onsets()).allMatch(step -> step <= 48);
        assertThat(session.snapshot().running()).isFalse();
    }

    @Test
    void shouldHearLevelsMutesAndRangesAtOnce() {
        play("answer");
        tap(0, 100);
        tap(4, 50);
        session.control(ZERO + 17 * STEP, Control.VELOCITY_LOW, 40);
        session.control(ZERO + 17 * STEP, Control.VELOCITY_HIGH, 41);
        runToBar(1.9);
        assertThat(session.drums.sent.stream().filter(Sent::isNoteOn).map(s -> MidiMessage.data2(s.message()))).containsExactly(
                100,
                40);
        session.knob(ZERO + 32 * STEP + 1, Control.MUTE, Voice.KICK.ordinal(), 1);
        runToBar(4);
        assertThat(onsets().stream().filter(o -> o > 33)).isEmpty();
    }

    @Test
    void shouldPutHitsOnTheGridWithoutMicrotiming() {
        play("answer", "microtiming", 0);
        tap(0);
        tap(4.3);
        runToBar(1.95);

        assertThat(onsets()).containsExactly(16.0, 20.0);
    }

    @Test
    void shouldMorphFromSnapshotToSnapshot() {
        play("answer");
        tap(0);
        tap(4);
        press(20, Control.STORE_A);
        tap(33);
        tap(38);
        press(52, Control.STORE_B);
        session.control(ZERO + 53 * STEP, Control.MORPH, 10);
        session.control(ZERO + 69 * STEP, Control.MORPH, 90);
        runToBar(5.95);

        assertThat(onsets().stream().filter(o -> o > 63.5 && o < 79.5)).containsExactly(64.0, 68.0);
        assertThat(onsets().stream().filter(o -> o > 79.5)).containsExactly(81.0, 86.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 120, 120", "100, 20, 110, 110", "60, 20, 110, 110", "100, 4, 115.2, 120"})
    void shouldFollowHandsThatSlowDownAsFarAsTheyMay(double amount, double limit, double least, double most) {
        play("answer", "follow", amount, "follow-limit", limit);
        double step = 0;
        for (int beat = 0; beat < 64; beat++) {
            tap(step);
            step += 4 * (beat < 8 ? 1 : 120.0 / 110); // from 120 to 110 quarter notes a minute
        }
        runToBar(16);

        assertThat(session.snapshot().bpm()).isBetween(least - 0.5, most + 0.5);
        PlayedEvent event = new PlayedEvent();
        while (session.feed.poll(event)) {
            assertThat(event.bpm).isGreaterThanOrEqualTo(120 * (1 - limit / 100) - 0.01);
        }
    }

    // --- the same again

    @ParameterizedTest
    @ValueSource(strings = {"answer", "together", "loop"})
    void shouldPlayTheSameForTheSameInputHoweverItsTurnsFallWhereNothingComesIn(String mode) {
        assertThat(improvise(mode, false)).isEqualTo(improvise(mode, true)).hasSizeGreaterThan(100);
    }

    private List<String> improvise(String mode, boolean manyTurns) {
        play(mode, "variation", 50, "temperature", 0.7, "overdub", 1);
        Random random = new Random(1);
        tap(0);
        for (int step = 1; step < 16 * 16; step++) {
            if (random.nextInt(3) == 0) {
                tap(step + random.nextDouble() * 0.6 - 0.3, 30 + random.nextInt(90));
            }
        }
        press(100, Control.FILL);
        press(130, Control.UNDO);
        set(150, Control.PART, 1);
        set(190, Control.DENSITY, 150);
        press(200, Control.REROLL);
        session.runAtInputs(ZERO + 17 * BAR, manyTurns ? 700_000 : 10 * MS);
        return session.drums.sent.stream().filter(m -> m.atNanos() < ZERO + 16 * BAR)
                .map(m -> m.message() + "@" + (m.atNanos() - ZERO)).toList();
    }
}

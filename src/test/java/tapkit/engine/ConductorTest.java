package tapkit.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;
import static tapkit.engine.SimulatedSession.BEGIN;
import static tapkit.engine.SimulatedSession.MS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.clock.MidiClockFollower;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.engine.SimulatedSession.Sent;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.Prediction;
import tapkit.model.TapModel;
import tapkit.port.MidiMessage;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;

class ConductorTest {
    private static final double BPM = 120;
    private static final long STEP = 125 * MS;
    private static final long BAR = 16 * STEP;
    /** Bar 0: the first tap. */
    private static final long ZERO = BEGIN + 333 * MS;
    private static final long TURN = 500_000;
    private static final Comparator<Double> CLOSE = (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b);

    private final SimulatedSession session = new SimulatedSession(SimulatedSession.internal(BPM));

    /** A tap at a position in steps since bar 0. */
    private void tap(double step) {
        tap(step, 100);
    }

    private void tap(double step, int velocity) {
        session.tap(ZERO + Math.round(step * STEP), 38, velocity);
    }

    private void runToBar(double bar) {
        session.run(ZERO + Math.round(bar * BAR), TURN);
    }

    private void assertOnsets(double... steps) {
        List<Double> onsets = session.onsets(ZERO, BPM);
        assertThat(onsets).as("onsets %s", onsets).hasSize(steps.length);
        for (int i = 0; i < steps.length; i++) {
            assertThat(onsets.get(i)).isCloseTo(steps[i], within(1e-4));
        }
    }

    @Test
    void shouldBeSilentWhileNothingWasTapped() {
        session.control(ZERO, Control.START, 0);
        runToBar(6);

        assertThat(session.drums.sent).isEmpty();
        assertThat(session.snapshot().beat()).isCloseTo(24, within(0.01));
    }

    @Test
    void shouldBeginWithTheFirstTapAndAnswerItsBarInTheNext() {
        tap(0);
        tap(4.25);
        tap(11.875);
        runToBar(2.9);

        assertOnsets(16, 20.25, 27.875, 32, 36.25, 43.875);
        assertThat(session.snapshot().answered()).isEqualTo(1);
    }

    /** The table of the package's description; bars are told apart by a tap at a step of their own. */
    @Test
    void shouldAnswerEachBarTwoBarsOnAndLoopTwoBarsOnTwoBars() {
        tap(0); // A
        tap(16 + 2); // B
        tap(32 + 5); // C
        tap(96 + 7); // D
        runToBar(9.9);

        assertOnsets(16, 32, 48 + 2, 64 + 5, 80 + 2, 96 + 5, 112 + 7, 128 + 7, 144 + 7);
        assertThat(session.snapshot().answered()).isEqualTo(4);
        assertThat(session.snapshot().skipped()).isZero();
    }

    @Test
    void shouldCountATapJustBeforeTheBarLineToTheNextBarAndPlayItBeforeTheBarLine() {
        tap(0);
        tap(16 - 0.4);
        tap(16 + 5);
        runToBar(3.9);

        // bar 2 answers bars 0 and 1, bar 3 its second half: the early hit sounds before the line of bar 3, once
        assertOnsets(16, 32, 48 - 0.4, 48 + 5);
    }

    @Test
    void shouldPlayHitsAtBothEdgesOfABarOnce() {
        tap(0);
        tap(16 - 0.499);
        tap(32 - 0.501);
        runToBar(5.95);

        // bars 2 and 4 play bar 0, bars 3 and 5 play bar 1
        assertOnsets(16, 32, 48 - 0.499, 64 - 0.501, 64, 80 - 0.499, 96 - 0.501);
    }

    @Test
    void shouldTakeIntoAccountATapThatArrivesAfterItsBarHasClosed() {
        tap(0);
        tap(4);
        session.tapArriving(ZERO + Math.round(15.4 * STEP), ZERO + Math.round(15.55 * STEP), 38, 100);
        runToBar(1.95);

        assertOnsets(16, 20, 31.4);
    }

    @Test
    void shouldSkipAnAnswerThatComesTooLateAndGoOnWithTheLast() {
        SimulatedSession slow = new SimulatedSession(SimulatedSession.internal(BPM), marked(count -> 1));
        slow.tap(ZERO, 38, 100);
        slow.run(ZERO + BAR + BAR / 2, TURN);
        slow.inferenceTakes(300 * MS);
        slow.tap(ZERO + 31 * STEP, 38, 100);
        slow.tap(ZERO + 34 * STEP, 38, 100);
        slow.run(ZERO + 4 * BAR + BAR / 2, TURN);

        // the answer for bar 2 came after its second hit would have sounded; bar 3 answers bars 1 and 2
        assertThat(slow.onsets(ZERO, BPM)).usingComparatorForType(CLOSE, Double.class)
                .containsExactly(16.0, 17.0, 32.0, 49.0, 63.0, 66.0);
        assertThat(slow.snapshot().skipped()).isEqualTo(1);
        assertThat(slow.snapshot().answered()).isEqualTo(2);
    }

    @Test
    void shouldPlayTheAnswerToAllTapsButTheLastIfTheLastCameTooLateForOneMore() {
        SimulatedSession slow = new SimulatedSession(SimulatedSession.internal(BPM), marked(count -> 5 - count));
        slow.inferenceTakes(200 * MS);
        slow.tap(ZERO, 38, 100);
        slow.tap(ZERO + Math.round(15.4 * STEP), 38, 100);
        slow.run(ZERO + 2 * BAR - STEP, TURN);

        assertThat(slow.onsets(ZERO, BPM)).usingComparatorForType(CLOSE, Double.class).containsExactly(16.0, 19.0);
        assertThat(slow.snapshot().answered()).isEqualTo(1);
        assertThat(slow.snapshot().skipped()).isEqualTo(1);
    }

    /** The echo, and one snare at a step that depends on how many taps are answered. */
    private static TapModel marked(IntUnaryOperator step) {
        TapModel echo = new SimulatedSession.Echo();
        return (taps, out) -> {
            echo.predict(taps, out);
            out.probabilities[Grid.cell(step.applyAsInt(taps.count()), 1)] = 1;
        };
    }

    @Test
    void shouldReplaceWhatWasNotHandedOverYetWithoutDoublingWhatWas() {
        session.inferenceTakes(40 * MS);
        tap(0);
        tap(8);
        tap(15.45);
        runToBar(1.95);

        // bar 1 begins with the answer that lacks the last tap; the hit at its line is handed over when the newer one comes
        assertOnsets(16, 24, 31.45);
    }

    @Test
    void shouldGiveEveryNoteItsNoteOffBeforeItsNextOnset() {
        Random random = new Random(3);
        for (int bar = 0; bar < 40; bar++) {
            for (int step = 0; step < 16; step++) {
                if (random.nextInt(2) == 0) {
                    tap(bar * 16 + step + (bar + step == 0 ? 0 : random.nextDouble() - 0.5), 1 + random.nextInt(127));
                }
            }
        }
        session.control(ZERO, Control.BPM, 300);
        runToBar(45);

        Map<Integer, Sent> sounding = new HashMap<>();
        int notes = 0;
        List<Sent> inTime = new ArrayList<>(session.drums.sent);
        for (Sent sent : inTime) {
            int note = MidiMessage.data1(sent.message());
            if (sent.isNoteOn()) {
                assertThat(sounding.put(note, sent)).isNull();
                notes++;
            } else {
                assertThat(sounding.remove(note).atNanos()).isLessThan(sent.atNanos());
            }
        }
        assertThat(notes).isGreaterThan(300);
        for (int i = 1; i < inTime.size(); i++) {
            assertThat(inTime.get(i).atNanos()).isGreaterThanOrEqualTo(inTime.get(i - 1).atNanos());
        }
    }

    @Test
    void shouldHandOverWellBeforeTheTime() {
        tap(0);
        tap(6.3);
        runToBar(8);

        assertThat(session.drums.sent).filteredOn(Sent::isNoteOn).hasSize(15)
                .allSatisfy(s -> assertThat(s.atNanos() - s.handedNanos()).isBetween(59 * MS, 60 * MS));
    }

    /** PipeWire does that when a program comes or goes. */
    @Test
    void shouldHandOverEarlierWhenTheServersPeriodBecomesLonger() {
        SimulatedSession together = new SimulatedSession(SimulatedSession.internal(BPM, Map.of("mode", 1.0)));
        together.tap(ZERO, 38, 100);
        together.tap(ZERO + 6 * STEP, 38, 100);
        together.run(ZERO + BAR + BAR / 2, TURN);
        together.portsWantAhead(90 * MS);
        together.run(ZERO + 4 * BAR, TURN);

        assertThat(together.drums.sent).filteredOn(s -> s.isNoteOn() && s.atNanos() > ZERO + 2 * BAR).isNotEmpty()
                .allSatisfy(s -> assertThat(s.atNanos() - s.handedNanos()).isGreaterThan(89 * MS));
    }

    @Test
    void shouldFallSilentWhenStoppedAndBeginAnewWithTheNextTap() {
        tap(0);
        runToBar(1.5);
        session.control(ZERO + Math.round(1.5 * BAR), Control.STOP, 0);
        runToBar(3);
        assertOnsets(16);
        assertThat(session.drums.silenced).isEqualTo(1);
        assertThat(session.snapshot().running()).isFalse();

        tap(50);
        session.run(ZERO + 80 * STEP, TURN);
        assertOnsets(16, 66);
    }

    @Test
    void shouldForgetTapsAndAnswerWhenClearedWhileTheClockRunsOn() {
        tap(0);
        tap(17);
        session.control(ZERO + BAR + 8 * STEP, Control.CLEAR, 0);
        runToBar(4);

        assertOnsets(16);
        assertThat(session.snapshot().running()).isTrue();
    }

    @Test
    void shouldKeepPhaseAndHitsOnTheGridWhenTheTempoChanges() {
        tap(0);
        tap(8);
        runToBar(1);
        session.control(ZERO + BAR, Control.BPM, 60);
        session.run(ZERO + 3 * BAR, TURN);

        assertOnsets(16, 16 + 16, 16 + 32);
    }

    @Test
    void shouldLetFourTapsCountIn() {
        SimulatedSession counted = new SimulatedSession(new EngineSettings(ClockSource.TAP, 90, 0, 1));
        long beat = 400 * MS; // 150 bpm
        for (int i = 0; i < 4; i++) {
            counted.tap(ZERO + i * beat, 38, 100);
        }
        long bar0 = ZERO + 4 * beat;
        counted.tap(bar0 - 10 * MS, 38, 100);
        counted.tap(bar0 + 2 * beat, 38, 100);
        counted.run(bar0 + 7 * beat, TURN);

        assertThat(counted.snapshot().bpm()).isCloseTo(150, within(0.01));
        assertThat(counted.onsets(bar0, 150)).hasSize(2);
        assertThat(counted.onsets(bar0, 150).get(0)).isCloseTo(15.9, within(1e-3));
        assertThat(counted.onsets(bar0, 150).get(1)).isCloseTo(24, within(1e-3));
    }

    @Test
    void shouldFollowMidiClockWithStartStopAndSongPosition() {
        SimulatedSession followed = new SimulatedSession(new EngineSettings(ClockSource.MIDI, 100, 0, 1));
        double tick = 60e9 / (BPM * 24);
        followed.clock(ZERO - MS, MidiMessage.START);
        for (int i = 0; i < 24 * 12; i++) {
            followed.clock(ZERO + Math.round(i * tick), MidiMessage.CLOCK);
        }
        followed.tap(ZERO + 4 * STEP, 38, 100);
        long stop = ZERO + Math.round(24 * 12 * tick);
        followed.clock(stop, MidiMessage.STOP);
        followed.run(stop + BAR, TURN);
        assertThat(followed.onsets(ZERO, BPM)).hasSize(2);
        assertThat(followed.onsets(ZERO, BPM).get(0)).isCloseTo(20, within(1e-3));
        assertThat(followed.onsets(ZERO, BPM).get(1)).isCloseTo(36, within(1e-3));
        assertThat(followed.snapshot().running()).isFalse();

        long again = stop + 2 * BAR;
        followed.clock(again - 2 * MS, MidiMessage.pack(MidiMessage.SONG_POSITION, 64, 0));
        followed.clock(again - MS, MidiMessage.CONTINUE);
        for (int i = 0; i < 24 * 5; i++) {
            followed.clock(again + Math.round(i * tick), MidiMessage.CLOCK);
        }
        followed.run(again + BAR, TURN);
        assertThat(followed.snapshot().beat()).isCloseTo(20, within(0.01));
        assertThat(followed.onsets(again, BPM).getLast()).isCloseTo(4, within(1e-3));
    }

    @Test
    void shouldCountATapJustBeforeTheFirstClockToTheFirstBeat() {
        SimulatedSession followed = new SimulatedSession(new EngineSettings(ClockSource.MIDI, BPM, 0, 1));
        double tick = 60e9 / (BPM * 24);
        for (int i = -24; i < 24 * 7; i++) {
            followed.clock(ZERO + Math.round(i * tick), MidiMessage.CLOCK);
        }
        followed.clock(ZERO - 5 * MS, MidiMessage.START);
        followed.tap(ZERO - 20 * MS, 38, 100);
        followed.run(ZERO + BAR + BAR / 2, TURN);

        assertThat(followed.onsets(ZERO, BPM)).hasSize(1).first(as(DOUBLE)).isCloseTo(16 - 0.16, within(1e-3));
    }

    @Test
    void shouldTellVelocityFromPadsThatAlwaysSendTheSame() {
        List<Boolean> known = new ArrayList<>();
        TapModel echo = new SimulatedSession.Echo();
        SimulatedSession felt = new SimulatedSession(SimulatedSession.internal(BPM), new TapModel() {
            @Override
            public void predict(TapWindow taps, Prediction out) {
                known.add(taps.velocityKnown);
                echo.predict(taps, out);
            }
        });
        felt.tap(ZERO, 38, 100);
        felt.tap(ZERO + 2 * STEP, 38, 100);
        felt.tap(ZERO + 4 * STEP, 38, 90);
        felt.run(ZERO + 8 * STEP, TURN);

        assertThat(known).containsExactly(false, false, true);
    }

    @Test
    void shouldTakeTheEchoOfAPadForNoTap() {
        tap(0);
        session.tap(ZERO + 8 * MS, 38, 60);
        runToBar(0.5);

        assertThat(session.snapshot().taps()).isEqualTo(1);
    }

    @Test
    void shouldTellFeedsOfTempoTapsAndDrums() {
        tap(0);
        runToBar(1.1);

        List<PlayedEvent.Kind> kinds = new ArrayList<>();
        PlayedEvent event = new PlayedEvent();
        while (session.feed.poll(event)) {
            kinds.add(event.kind);
            if (event.kind == PlayedEvent.Kind.DRUM) {
                assertThat(event.beat).isCloseTo(4, within(1e-6));
                assertThat(event.atNanos).isEqualTo(ZERO + BAR);
                assertThat(event.voice).isZero();
            }
        }
        assertThat(kinds).containsExactly(PlayedEvent.Kind.TAP, PlayedEvent.Kind.TEMPO, PlayedEvent.Kind.DRUM);
    }

    private List<Sent> sentClock(int... messages) {
        return session.clockOut.sent.stream()
                .filter(s -> IntStream.of(messages).anyMatch(m -> m == MidiMessage.status(s.message())))
                .toList();
    }

    /** Others hear the tempo in the count-in too, and start with bar 1, wherever a new tempo moves that. */
    @Test
    void shouldSendClockThroughACountInWhoseTempoChanges() {
        session.control(ZERO - MS, Control.COUNT_IN, 1);
        session.control(ZERO, Control.START, 0);
        session.control(ZERO + 4 * STEP, Control.BPM, 240);
        session.run(ZERO + BAR + BAR / 2, TURN);

        long bar0 = ZERO + 4 * STEP + 6 * STEP; // three beats at twice the tempo
        assertThat(sentClock(MidiMessage.START)).hasSize(1);
        assertThat(sentClock(MidiMessage.START).getFirst().atNanos()).isBetween(bar0 - 2 * MS, bar0);
        List<Sent> ticks = sentClock(MidiMessage.CLOCK);
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i).atNanos() - ticks.get(i - 1).atNanos()).isLessThan(45 * MS);
        }
        assertThat(ticks).filteredOn(s -> s.atNanos() >= bar0 - 1000).first().satisfies(
                s -> assertThat(s.atNanos()).isCloseTo(bar0, within(1000L)));
    }

    @Test
    void shouldSendNeitherStartNorStopWhereTheCountInIsStopped() {
        session.control(ZERO - MS, Control.COUNT_IN, 1);
        session.control(ZERO, Control.START, 0);
        session.control(ZERO + 5 * STEP, Control.STOP, 0);
        session.run(ZERO + 2 * BAR, TURN);

        assertThat(sentClock(MidiMessage.START, MidiMessage.STOP)).isEmpty();
        assertThat(sentClock(MidiMessage.CLOCK).getLast().handedNanos()).isGreaterThan(ZERO + 2 * BAR - 25 * MS);
    }

    /** Song Position is for those that stand still. */
    @Test
    void shouldStopOthersBeforeItMovesThem() {
        SimulatedSession moved = new SimulatedSession(new EngineSettings(ClockSource.JACK, BPM, 0, 1));
        moved.transport(ZERO, true, 0, BPM);
        moved.transport(ZERO + BAR / 2, true, 2, BPM);
        moved.transport(ZERO + BAR / 2 + 100 * MS, true, 16.1, BPM);
        moved.transport(ZERO + BAR, true, 16 + 1.8, BPM);
        moved.run(ZERO + BAR + BAR / 4, TURN);

        assertThat(moved.clockOut.sent).extracting(s -> MidiMessage.status(s.message())).filteredOn(s -> s != MidiMessage.CLOCK)
                .containsExactly(MidiMessage.START, MidiMessage.STOP, MidiMessage.SONG_POSITION, MidiMessage.CONTINUE);
    }

    /** Ticks are handed over ahead, so that a start comes when some of its own should have left. */
    @Test
    void shouldBeFollowedToTheTickThoughAStartComesLate() {
        SimulatedSession leading = SimulatedSession.withPortLead(45 * MS, SimulatedSession.internal(240));
        leading.control(ZERO, Control.START, 0);
        leading.control(ZERO + BAR + 17 * MS, Control.START, 0);
        leading.run(ZERO + 2 * BAR, TURN);
        MidiClockFollower follower = new MidiClockFollower(100);
        for (Sent sent : leading.clockOut.sent) {
            switch (MidiMessage.status(sent.message())) {
                case MidiMessage.CLOCK -> follower.tick(sent.atNanos());
                case MidiMessage.START -> follower.start();
                case MidiMessage.STOP -> follower.stop();
                default -> throw new AssertionError(sent);
            }
        }

        assertThat(follower.beatAt(ZERO + 2 * BAR)).isCloseTo(leading.snapshot().beat(), within(0.02));
    }

    @Test
    void shouldSendTheSlowestTempoWhileNothingRuns() {
        session.control(BEGIN + MS, Control.BPM, 20);
        session.run(BEGIN + 5000 * MS, TURN);

        List<Sent> ticks = sentClock(MidiMessage.CLOCK);
        for (int i = 5; i < ticks.size(); i++) {
            assertThat(ticks.get(i).atNanos() - ticks.get(i - 1).atNanos()).isEqualTo(125 * MS);
        }
    }

    /** A sequencer that cycles from bar 1 on, by its transport or by Song Position. */
    @ParameterizedTest
    @EnumSource(names = {"JACK", "MIDI"})
    void shouldGoOnWhereASequencerPlaysRoundAndRound(ClockSource clock) {
        SimulatedSession cycled = new SimulatedSession(new EngineSettings(clock, BPM, 0, 1,
                Map.of(Knob.of(Control.VARIATION), 0.0)));
        if (clock == ClockSource.JACK) {
            for (int half = 0; half < 16; half++) {
                cycled.transport(ZERO + half * BAR / 2, true, half * 2 % 8, BPM);
                if (half % 4 == 3) { // JACK's stands for a moment
                    cycled.transport(ZERO + (half + 1) * BAR / 2 - 2 * MS, false, 0, BPM);
                }
            }
        } else {
            cycled.clock(ZERO - MS, MidiMessage.START);
            for (int i = 0; i < 24 * 32; i++) {
                if (i % (24 * 8) == 0 && i > 0) {
                    cycled.clock(ZERO + i / (24 * 8) * (2 * BAR) - MS, MidiMessage.pack(MidiMessage.SONG_POSITION, 0, 0));
                }
                cycled.clock(ZERO + Math.round(i * 60e9 / (BPM * 24)), MidiMessage.CLOCK);
            }
        }
        cycled.tap(ZERO + 4 * STEP, 38, 100);
        cycled.run(ZERO + 6 * BAR - BAR / 2, TURN);

        assertThat(cycled.snapshot().beat()).isCloseTo(6, within(0.01));
        assertThat(cycled.onsets(ZERO, BPM).stream().map(step -> (double) Math.round(step)).toList())
                .containsExactly(20.0, 36.0, 52.0, 68.0, 84.0);
    }

    /** The recording that the page shows as armed is one when the sequencer starts. */
    @Test
    void shouldRecordFromTheStartOfAClockThatStoodStill() {
        SimulatedSession followed = new SimulatedSession(new EngineSettings(ClockSource.MIDI, BPM, 0, 1,
                Map.of(Knob.of(Control.MODE), (double) Mode.LOOP.ordinal())));
        double tick = 60e9 / (BPM * 24);
        followed.clock(ZERO - MS, MidiMessage.START);
        for (int i = 0; i < 24 * 9; i++) {
            followed.clock(ZERO + Math.round(i * tick), MidiMessage.CLOCK);
        }
        followed.tap(ZERO + 4 * STEP, 38, 100);
        long stop = ZERO + Math.round(24 * 9 * tick);
        followed.clock(stop, MidiMessage.STOP);
        followed.control(stop + BAR / 2, Control.RECORD, 0);
        long again = stop + BAR;
        followed.clock(again - MS, MidiMessage.START);
        for (int i = 0; i < 24 * 5; i++) {
            followed.clock(again + Math.round(i * tick), MidiMessage.CLOCK);
        }
        followed.run(again - 2 * MS, TURN);
        assertThat(followed.snapshot().recording()).isEqualTo(EngineSnapshot.Recording.ARMED);
        followed.run(again + BAR / 2, TURN);
        assertThat(followed.snapshot().recording()).isEqualTo(EngineSnapshot.Recording.ON);
    }

    @Test
    void shouldSendClockWithItsExactTimes() {
        session.run(BEGIN + 200 * MS, TURN);
        assertThat(session.clockOut.sent).isNotEmpty()
                .allSatisfy(s -> assertThat(s.message()).isEqualTo(MidiMessage.CLOCK));
        tap(0);
        session.run(ZERO + BAR, TURN);
        session.control(ZERO + BAR, Control.STOP, 0);
        session.run(ZERO + BAR + 10 * MS, TURN);

        List<Sent> sent = session.clockOut.sent;
        int start = sent.indexOf(sent.stream().filter(s -> s.message() == MidiMessage.START).findFirst().orElseThrow());
        double tick = 60e9 / (BPM * 24);
        for (int i = 2; i < 90; i++) { // the first ticks may be late: the tap was their start
            assertThat(sent.get(start + 1 + i).atNanos()).isCloseTo(ZERO + Math.round(i * tick), within(2L));
        }
        assertThat(sent).filteredOn(s -> s.message() == MidiMessage.STOP).hasSize(1);
    }

    /** Draws with temperature from a model that is never sure. */
    @ParameterizedTest
    @ValueSource(longs = {100_000, 3_100_000})
    void shouldPlayTheSameForTheSameSeedAndInputHoweverItsTurnsFall(long turn) {
        assertThat(improvise(5, turn)).isEqualTo(improvise(5, TURN)).isNotEqualTo(improvise(6, TURN)).hasSizeGreaterThan(500);
    }

    private static List<String> improvise(long seed, long turn) {
        SimulatedSession s = new SimulatedSession(new EngineSettings(ClockSource.INTERNAL, BPM, 1, seed), new TapModel() {
            @Override
            public void predict(TapWindow taps, Prediction out) {
                java.util.Arrays.fill(out.probabilities, 0.4f);
                java.util.Arrays.fill(out.velocities, 0.5f);
            }
        });
        Random random = new Random(1);
        for (int step = 0; step < 16 * 10; step++) {
            if (random.nextInt(3) == 0 || step == 0) {
                s.tap(ZERO + step * STEP + (step == 0 ? 0 : random.nextInt(30) * MS), 38, 64);
            }
        }
        s.run(ZERO + 12 * BAR, turn);
        return s.drums.sent.stream().filter(m -> m.atNanos() < ZERO + 11 * BAR)
                .map(m -> m.message() + "@" + (m.atNanos() - ZERO)).toList();
    }
}

package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tapkit.engine.SimulatedSession.BEGIN;
import static tapkit.engine.SimulatedSession.MS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.UserError;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Voice;
import tapkit.journal.Journal;
import tapkit.model.Decoder;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SessionScore;

/** Sessions of all kinds, and the same again from what was noted of them. */
class ReplayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 125 * MS;
    private static final long ZERO = BEGIN + 333 * MS;
    private static final int TICKS_PER_BEAT = 24;

    /** What went out: to which port, what, when. */
    private record Out(int output, int message, long atNanos) {
    }

    /** What came of a replay. */
    private static final class Heard implements Replay.Listener {
        final List<Out> sent = new ArrayList<>();
        final SessionScore score;

        Heard(double bpm) {
            score = new SessionScore(bpm);
        }

        @Override
        public void played(PlayedEvent event) {
            score.add(event);
        }

        @Override
        public void sent(int output, int message, long atNanos) {
            sent.add(new Out(output, message, atNanos));
        }

        List<Out> of(int output) {
            return sent.stream().filter(out -> out.output == output).toList();
        }
    }

    private static Heard assertReplayed(SimulatedSession session, double bpm) {
        SessionScore score = new SessionScore(bpm);
        PlayedEvent event = new PlayedEvent();
        while (session.feed.poll(event)) {
            score.add(event);
        }
        Heard again = new Heard(bpm);
        Replay.Outcome outcome = new Replay(session.journal(), List.of(), again).run();

        assertThat(again.of(0)).isEqualTo(outs(0, session.drums));
        assertThat(again.of(1)).isEqualTo(outs(1, session.clockOut));
        assertThat(MidiFile.encode(again.score.score())).isEqualTo(MidiFile.encode(score.score()));
        assertThat(outcome.differsAt()).isEmpty();
        assertThat(outcome.ended()).isTrue();
        return again;
    }

    private static List<Out> outs(int output, SimulatedSession.Port port) {
        return port.sent.stream().map(sent -> new Out(output, sent.message(), sent.atNanos())).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void shouldPlayTheSameAgainWhateverCameInAndWhenever(int seed) {
        Random random = new Random(seed);
        ClockSource source = ClockSource.values()[seed % 4];
        double bpm = 60 + random.nextInt(180);
        Map<Knob, Double> knobs = new HashMap<>();
        knobs.put(Knob.of(Control.MODE), (double) (seed / 4 % 3));
        knobs.put(Knob.of(Control.DIRECT), (double) random.nextInt(2));
        knobs.put(Knob.of(Control.OVERDUB), (double) random.nextInt(2));
        knobs.put(Knob.of(Control.FOLLOW), 50.0 * random.nextInt(2));
        knobs.put(Knob.of(Control.VARIATION), 60.0 * random.nextInt(2));
        EngineSettings settings = new EngineSettings(source, bpm, random.nextInt(2), seed, knobs);
        boolean clock = random.nextBoolean();
        SimulatedSession session = clock ? new SimulatedSession(settings) : SimulatedSession.withoutClock(settings);
        long until = BEGIN + 40 * SECOND;
        improvise(session, random, until);
        follow(session, source, bpm, random, until);
        session.drums.refuses = () -> random.nextInt(100) == 0;
        session.clockOut.refuses = () -> random.nextInt(100) == 0;
        for (long at = BEGIN; at < until; at += 5 * SECOND) {
            session.inferenceTakes(random.nextLong(60 * MS));
            session.runUnevenly(at + 5 * SECOND, random);
        }
        session.conductor.onClose();

        Heard again = assertReplayed(session, bpm);
        assertThat(again.of(0).size()).isGreaterThan(20);
        assertThat(again.of(1).size() > 100).isEqualTo(clock);
    }

    private static void improvise(SimulatedSession session, Random random, long until) {
        Control[] controls = Control.values();
        for (long at = BEGIN + 300 * MS; at < until; at += 20 * MS + random.nextLong(400 * MS)) {
            int note = 36 + random.nextInt(4);
            int velocity = 1 + random.nextInt(127);
            switch (random.nextInt(12)) {
                case 0 -> {
                    Control control = controls[random.nextInt(controls.length)];
                    double value = control.least() + random.nextDouble() * (control.most() - control.least());
                    if ((control != Control.STOP && control != Control.PANIC) || random.nextInt(10) == 0) {
                        session.knob(at, control, random.nextInt(9), value);
                    }
                }
                case 1 -> session.directTap(at, note, velocity,
                        MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, Voice.SNARE.note(), velocity));
                case 2 -> session.tapArriving(at, at + random.nextLong(80 * MS), note, velocity);
                case 3 -> session.tapArriving(at, at - random.nextLong(5 * MS), note, velocity); // a server's, ahead
                default -> session.tap(at, note, velocity);
            }
        }
    }

    /** A clock from elsewhere, with jitter, that stays away for a while, and another tempo after it. */
    private static void follow(SimulatedSession session, ClockSource source, double bpm, Random random, long until) {
        double tempo = bpm;
        if (source == ClockSource.MIDI) {
            session.clock(BEGIN + 200 * MS, MidiMessage.START);
            double at = BEGIN + 210 * MS;
            while (at < until) {
                session.clock((long) at + random.nextLong(2 * MS), MidiMessage.CLOCK);
                at += 60e9 / (tempo * TICKS_PER_BEAT);
                switch (random.nextInt(900)) {
                    case 0 -> at += random.nextLong(8 * SECOND);
                    case 1 -> tempo *= 1.1;
                    case 2 -> session.clock((long) at, MidiMessage.STOP);
                    case 3 -> session.clock((long) at, MidiMessage.CONTINUE);
                    case 4 -> session.clock((long) at, MidiMessage.pack(MidiMessage.SONG_POSITION, random.nextInt(64), 0));
                    default -> {
                        // it goes on
                    }
                }
            }
        } else if (source == ClockSource.JACK) {
            double beat = 0;
            for (long at = BEGIN + 200 * MS; at < until; at += 100 * MS) {
                session.transport(at, random.nextInt(60) != 0, beat, bpm);
                beat = random.nextInt(80) == 0 ? random.nextInt(16) : beat + 0.1 * bpm / 60;
            }
        }
    }

    @Test
    void shouldPlayTheSameAgainWhereATurnCameTooLateForAHit() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120, Map.of("variation", 50.0)));
        for (int step = 0; step < 64; step += 2) {
            session.tap(ZERO + step * STEP, 38, 100);
        }
        session.run(ZERO + 30 * STEP, MS);
        session.run(ZERO + 34 * STEP, 4 * STEP); // half a second without a turn
        session.run(ZERO + 80 * STEP, MS);
        session.conductor.onClose();

        assertThat(session.snapshot().lateHits()).isPositive();
        assertReplayed(session, 120);
    }

    @Test
    void shouldPlayTheSameAgainWhereAPortsLeadHasChanged() {
        SimulatedSession session = new SimulatedSession(
                SimulatedSession.internal(120, Map.of("mode", (double) Mode.TOGETHER.ordinal(), "variation", 50.0)));
        improvise(session, new Random(11), BEGIN + 20 * SECOND);
        session.run(BEGIN + 6 * SECOND, MS);
        session.portsWantAhead(90 * MS);
        session.run(BEGIN + 12 * SECOND, MS);
        session.portsWantAhead(10 * MS);
        session.run(BEGIN + 21 * SECOND, MS);
        session.conductor.onClose();
        assertReplayed(session, 120);
    }

    /** Bar lines pass in silence, and what is recorded ends and begins with them. */
    @Test
    void shouldPlayTheSameAgainWhereNothingSoundsForBars() {
        SimulatedSession session = SimulatedSession.withoutClock(SimulatedSession.internal(120,
                Map.of("mode", (double) Mode.LOOP.ordinal(), "loop-bars", 1.0, "overdub", 0.0, "count-in", 0.0)));
        session.control(ZERO, Control.RECORD, 1);
        for (int bar = 1; bar < 12; bar += 3) { // two bars of recording in silence, then taps, which record anew or not
            session.tap(ZERO + (bar * 16 + 40) * STEP, 38, 100);
            session.control(ZERO + (bar * 16 + 43) * STEP, Control.PART, bar % 2);
            session.control(ZERO + (bar * 16 + 46) * STEP, Control.CLEAR, 1);
        }
        session.run(ZERO + 15 * 16 * STEP, MS);
        session.conductor.onClose();
        assertReplayed(session, 120);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldPlayTheSameAgainFromAnotherJournalOfTheSameInput(Mode mode) {
        for (long turnNanos : new long[]{300_000, 500_000, 2 * MS}) {
            SimulatedSession session = new SimulatedSession(
                    SimulatedSession.internal(120, Map.of("mode", (double) mode.ordinal(), "variation", 50.0)));
            improvise(session, new Random(7), BEGIN + 20 * SECOND);
            session.run(BEGIN + 21 * SECOND, turnNanos);
            session.conductor.onClose();
            assertReplayed(session, 120);
        }
    }

    @Test
    void shouldComputeAnswersAgainIfToldToAndSayHowManyAreTheSame() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        improvise(session, new Random(3), BEGIN + 20 * SECOND);
        session.run(BEGIN + 20 * SECOND, MS);
        session.conductor.onClose();
        float[] half = new float[9];
        Arrays.fill(half, 0.5f);
        Replay.Outcome same = new Replay(session.journal(),
                List.of(new Player(new SimulatedSession.Echo(), new Decoder(half))), new Heard(120)).run();
        Replay.Outcome other = new Replay(session.journal(),
                List.of(new Player((taps, out) -> Arrays.fill(out.probabilities, 0), new Decoder(half))), new Heard(120)).run();

        assertThat(same.answers()).isGreaterThan(20).isEqualTo(same.answersEqual());
        assertThat(same.same()).isTrue();
        assertThat(other.answersEqual()).isLessThan(other.answers());
        assertThat(other.same()).isFalse();
    }

    @Test
    void shouldPlayWhatIsThereOfASessionThatWasKilled() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        improvise(session, new Random(3), BEGIN + 10 * SECOND);
        session.run(BEGIN + 10 * SECOND, MS);
        byte[] records = session.journal().records();
        for (int end : session.recordEnds.subList(session.recordEnds.size() - 60, session.recordEnds.size())) {
            Heard again = new Heard(120);
            Replay.Outcome outcome = new Replay(with(session.journal(), Arrays.copyOf(records, end)), List.of(), again)
                    .run();

            List<Out> all = outs(0, session.drums);
            assertThat(outcome.ended()).isFalse();
            assertThat(outcome.differsAt()).isEmpty();
            assertThat(again.of(0)).isEqualTo(all.subList(0, again.of(0).size()));
            assertThat(all.size() - again.of(0).size()).isLessThan(60);
        }
    }

    @Test
    void shouldSayFromWhereOnItIsNotTheSame() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        improvise(session, new Random(3), BEGIN + 10 * SECOND);
        session.run(BEGIN + 10 * SECOND, MS);
        session.conductor.onClose();
        Journal journal = session.journal();
        Map<String, String> fields = new HashMap<>(journal.fields());
        fields.put("knob.level.kick", "50.0");
        Replay.Outcome outcome = new Replay(
                new Journal(journal.file(), fields, journal.records(), Optional.empty(), Optional.empty()), List.of(),
                new Heard(120)).run();

        assertThat(outcome.differsAt()).hasValueSatisfying(at -> assertThat(at).isBetween(BEGIN, BEGIN + 5 * SECOND));
    }

    @Test
    void shouldCountWhatFoundNoRoomAndReplayWhatWasBefore() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        session.room = 3000;
        improvise(session, new Random(3), BEGIN + 10 * SECOND);
        session.run(BEGIN + 10 * SECOND, MS);
        session.conductor.onClose();
        Heard again = new Heard(120);
        Replay.Outcome outcome = new Replay(session.journal(), List.of(), again).run();

        assertThat(session.notes.refusedRecords()).isGreaterThan(20);
        assertThat(outcome.ended()).isFalse();
        assertThat(outcome.differsAt()).isEmpty();
        assertThat(again.of(0)).isNotEmpty().isEqualTo(outs(0, session.drums).subList(0, again.of(0).size()));
    }

    @Test
    void shouldRefuseRecordsThatMakeNoSense() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        session.tap(ZERO, 38, 100);
        session.run(ZERO + SECOND, MS);
        byte[] records = session.journal().records();
        byte[] strange = Arrays.copyOf(records, records.length + 1);
        strange[records.length] = 99;

        assertThatThrownBy(() -> new Replay(with(session.journal(), strange), List.of(), new Heard(120)).run())
                .isInstanceOf(UserError.class).hasMessageContaining("simulated.session").hasMessageContaining("type 99")
                .hasMessageNotContaining("\n");
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = records.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                new Replay(with(session.journal(), damaged), List.of(), new Heard(120)).run();
            } catch (UserError e) {
                assertThat(e).hasMessageContaining("simulated.session");
            }
        }
    }

    private static Journal with(Journal journal, byte[] records) {
        return new Journal(journal.file(), journal.fields(), records, Optional.empty(), Optional.empty());
    }

    @Test
    void shouldKeepThePedalOfTheHiHat() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        session.tap(ZERO, 38, 100);
        session.message(ZERO + STEP, MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 4, 90));
        session.run(ZERO + 40 * STEP, MS);
        session.conductor.onClose();
        Score score = assertReplayed(session, 120).score.score();

        assertThat(score.changes()).containsExactly(
                new Score.Change(4 * 960 + 240, 1, MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 4, 90)));
    }

    @Test
    void shouldNoteAnyChangeOfAnyControl() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        session.tap(ZERO, 38, 100);
        long at = ZERO;
        for (Knob knob : Knob.ALL) {
            for (Change change : Change.values()) {
                at += 20 * MS;
                session.change(at, knob, change, 1);
            }
        }
        session.run(at + SECOND, MS);
        session.conductor.onClose();
        assertReplayed(session, 120);
    }
}

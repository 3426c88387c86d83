package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent.Kind;
import tapkit.telemetry.SessionExport.Pedal;
import tapkit.telemetry.SessionExport.What;

/** What is taken of a session: tracks, controllers, tempo, a part of it. */
class SessionExportTest {
    private static final long BEAT = 500_000_000;
    private static final long BAR_TICKS = 3840;

    @TempDir
    private Path folder;
    private final SessionScore session = new SessionScore(120);

    private void play(Kind kind, int note, int velocity, double beat) {
        PlayedEvent event = new PlayedEvent();
        event.kind = kind;
        event.note = note;
        event.velocity = velocity;
        event.atNanos = 7_000_000_000L + Math.round(beat * BEAT);
        event.beat = beat;
        event.bpm = 120;
        session.add(event);
    }

    /** Eight bars: a tap, a pedal and a kick at each bar line, hats closed and open; the last bar's kick a little early. */
    private Score score() {
        for (int bar = 0; bar < 8; bar++) {
            play(Kind.TAP, 60, 90, 4 * bar);
            play(Kind.PEDAL, 4, 10 * bar, 4 * bar + 0.5);
            play(Kind.DRUM, 36, 100, 4 * bar - (bar == 7 ? 0.1 : 0));
            play(Kind.DRUM, 42, 80, 4 * bar + 1);
            play(Kind.DRUM, 46, 80, 4 * bar + 2);
        }
        return session.score();
    }

    private Score export(What what, boolean perVoice, Pedal pedal) {
        Path file = folder.resolve("out.mid");
        MidiFile.write(file, new SessionExport(what, perVoice, pedal).of(score()));
        return MidiFile.read(file);
    }

    @Test
    void shouldTakeTapsDrumsOrBoth() {
        Score taps = export(What.TAPS, false, Pedal.OFF);
        assertThat(taps.trackNames()).containsExactly("tapkit", "taps");
        assertThat(taps.notes()).hasSize(8).allMatch(note -> note.note() == 60);
    }

    @Test
    void shouldTakeDrumsAlone() {
        Score drums = export(What.DRUMS, false, Pedal.OFF);
        assertThat(drums.trackNames()).containsExactly("tapkit", "drums");
        assertThat(drums.notes()).hasSize(24).allMatch(note -> note.channel() == MidiMessage.DRUM_CHANNEL);
        assertThat(drums.changes()).isEmpty();
        assertThat(drums.tempos().getFirst().bpm()).isCloseTo(120, within(0.01));
    }

    @Test
    void shouldGiveEachVoiceATrack() {
        Score both = export(What.BOTH, true, Pedal.OFF);
        assertThat(both.trackNames()).containsExactly("tapkit", "taps", "kick", "closed-hat", "open-hat");
        assertThat(both.notes()).filteredOn(note -> note.track() == 2).hasSize(8).allMatch(note -> note.note() == 36);
        assertThat(both.notes()).filteredOn(note -> note.track() == 4).hasSize(8).allMatch(note -> note.note() == 46);
    }

    @Test
    void shouldKeepThePedalWhereverItWasHeard() {
        assertThat(export(What.TAPS, false, Pedal.OFF).changes()).hasSize(8)
                .contains(new Score.Change(BAR_TICKS + 480, 1, MidiMessage.pack(0xB0, 4, 0)));
    }

    @Test
    void shouldTellTheDrumsOfTheFootIfTheyWereTold() {
        assertThat(export(What.DRUMS, false, Pedal.FOOT).changes()).hasSize(8)
                .contains(new Score.Change(2 * BAR_TICKS + 480, 1, MidiMessage.pack(0xB9, 4, 10)));
    }

    @Test
    void shouldMoveThePedalBeforeHiHatsIfItWasMoved() {
        List<Score.Change> changes = export(What.DRUMS, true, Pedal.DRUMS).changes();
        assertThat(changes).hasSize(16).startsWith(
                new Score.Change(BAR_TICKS + 960, 2, MidiMessage.pack(0xB9, 4, 127)),
                new Score.Change(BAR_TICKS + 1920, 3, MidiMessage.pack(0xB9, 4, 0)));
    }

    @Test
    void shouldTakeAPartFromABarLineWithAFreeBarBeforeIt() {
        // bar 7 of the music is bar 8 of the file, and begins after 16 s
        Score part = SessionExport.from(score(), 17.3);

        assertThat(part.notes()).extracting(Score.Note::onTick).containsExactly(BAR_TICKS - 96, BAR_TICKS, BAR_TICKS + 960,
                BAR_TICKS + 1920);
        assertThat(part.changes()).hasSize(1);
        assertThat(SessionExport.from(part, 0)).isEqualTo(part);
    }

    @Test
    void shouldLetTapsSoundAsDrums() {
        assertThat(SessionExport.audible(score()).notes()).allMatch(note -> note.channel() == MidiMessage.DRUM_CHANNEL)
                .filteredOn(note -> note.note() == 38).hasSize(8);
    }
}

package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.telemetry.PlayedEvent.Kind;

class SessionRecorderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ZERO = 77 * SECOND;
    private static final int BAR_TICKS = 4 * 960;

    @TempDir
    private Path folder;
    private final ConcurrentLinkedQueue<PlayedEvent> events = new ConcurrentLinkedQueue<>();

    private void play(Kind kind, int note, long atNanos, double beat, double bpm) {
        PlayedEvent event = new PlayedEvent();
        event.kind = kind;
        event.note = note;
        event.velocity = 90;
        event.atNanos = atNanos;
        event.beat = beat;
        event.bpm = bpm;
        events.add(event);
    }

    private Score record() {
        Path file = folder.resolve("take.mid");
        SessionRecorder recorder = SessionRecorder.start(file, new QueuedFeed(events), 120);
        recorder.close();
        return Files.exists(file) ? MidiFile.read(file) : null;
    }

    private static List<String> notes(Score score) {
        return score.notes().stream().map(n -> score.trackNames().get(n.track()) + " " + n.note() + " " + n.onTick()).toList();
    }

    @Test
    void shouldKeepTapsAndDrumsOnTheirTracksAtTheirBeats() {
        play(Kind.TAP, 60, ZERO, 0, 120);
        play(Kind.TEMPO, 0, ZERO + 1, 0, 120);
        play(Kind.DRUM, 36, ZERO + 2 * SECOND, 4, 120);
        play(Kind.TAP, 60, ZERO + 2 * SECOND - 20_000_000, 3.96, 120);
        Score score = record();

        assertThat(score.trackNames()).containsExactly("tapkit", "taps", "drums");
        assertThat(notes(score)).containsExactly("taps 60 3840", "taps 60 7642", "drums 36 7680");
        assertThat(score.tempos().getFirst().bpm()).isCloseTo(120, within(0.01));
        assertThat(score.timeSignatures()).extracting(Score.TimeSignature::toString).containsExactly("4/4");
    }

    @Test
    void shouldPutCountInTapsBeforeTheBarLine() {
        for (int i = 0; i < 4; i++) {
            play(Kind.TAP, 60, ZERO + i * SECOND / 2, Double.NaN, 120);
        }
        play(Kind.TEMPO, 0, ZERO + 2 * SECOND - 1_000_000, -0.002, 120);
        play(Kind.TAP, 61, ZERO + 2 * SECOND, 0, 120);
        Score score = record();

        assertThat(notes(score)).containsExactly("taps 60 0", "taps 60 960", "taps 60 1920", "taps 60 2880",
                "taps 61 3840");
    }

    @Test
    void shouldFollowTempoChanges() {
        play(Kind.TAP, 60, ZERO, 0, 120);
        play(Kind.TEMPO, 0, ZERO + 2 * SECOND, 4, 90);
        play(Kind.DRUM, 36, ZERO + 2 * SECOND + Math.round(4 * SECOND / 1.5), 8, 90);
        Score score = record();

        assertThat(score.tempos()).last().satisfies(t -> {
            assertThat(t.tick()).isEqualTo(2 * BAR_TICKS);
            assertThat(t.bpm()).isCloseTo(90, within(0.01));
        });
        assertThat(score.notes().getLast().onTick()).isEqualTo(3 * BAR_TICKS);
    }

    @Test
    void shouldPutANewRunOnABarLineAfterThePause() {
        play(Kind.TAP, 60, ZERO, 0, 120);
        play(Kind.TAP, 61, ZERO + 5 * SECOND, 0, 120); // ten beats on, where bar 0 begins anew
        Score score = record();

        assertThat(notes(score)).containsExactly("taps 60 3840", "taps 61 " + 4 * BAR_TICKS);
    }

    @Test
    void shouldLeaveOutDrumsThatWereTakenBack() {
        play(Kind.DRUM, 36, ZERO, 0, 120);
        play(Kind.DRUM, 38, ZERO + 60_000_000, 0.12, 120);
        play(Kind.SILENCE, 0, ZERO + 10_000_000, Double.NaN, 120);
        Score score = record();

        assertThat(notes(score)).containsExactly("drums 36 3840");
    }

    @Test
    void shouldLeaveNoFileOfNothing() {
        assertThat(record()).isNull();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNeverOverwriteARecording() throws Exception {
        Path file = folder.resolve("earlier.mid");
        Files.writeString(file, "an earlier gig");

        assertThatThrownBy(() -> SessionRecorder.start(file, new QueuedFeed(events), 120)).isInstanceOf(UserError.class)
                .hasMessageContaining("earlier.mid").hasMessageContaining("--record");
        assertThat(file).hasContent("an earlier gig");
    }
}

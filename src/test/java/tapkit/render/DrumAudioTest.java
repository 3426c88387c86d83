package tapkit.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Voice;

/** Listens to the rendered sound: when drums begin, how loud and how bright they are. */
class DrumAudioTest {
    private static final int RATE = 44_100;

    @TempDir
    private Path folder;

    @Test
    void shouldBeginEachNoteAtItsTimeThroughTempoChanges() throws Exception {
        List<Tempo> tempos = List.of(Tempo.ofBpm(0, 120), Tempo.ofBpm(1920, 77.7));
        List<Note> notes = new ArrayList<>();
        long tick = 13;
        for (Voice voice : List.of(Voice.KICK, Voice.CLOSED_HAT, Voice.SNARE, Voice.KICK, Voice.HIGH_TOM, Voice.SNARE,
                Voice.RIDE)) {
            notes.add(note(tick, voice, 100));
            tick += 961;
        }
        Score score = new Score(480, tempos, List.of(), notes, List.of());

        double[] sound = mono(render(score));

        for (Note note : notes) {
            double expected = score.secondsAt((double) note.onTick());
            // The first sample after it that is above what still sounds from before.
            int from = (int) ((expected - 0.02) * RATE);
            double before = peak(sound, Math.max(0, from), from + (int) (0.019 * RATE));
            int onset = Math.max(0, from);
            while (Math.abs(sound[onset]) <= before + 0.01) {
                onset++;
            }
            assertThat((double) onset / RATE).isCloseTo(expected, Offset.offset(0.001));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGetLouderAndBrighterWithVelocity(Voice voice) throws Exception {
        double[] soft = mono(render(score(note(0, voice, 40))));
        double[] hard = mono(render(score(note(0, voice, 120))));

        assertThat(rms(hard)).isGreaterThan(4 * rms(soft));
        assertThat(centroid(hard)).isGreaterThan(1.02 * centroid(soft));
    }

    @Test
    void shouldHaveNineDistinctVoices() throws Exception {
        List<double[]> features = new ArrayList<>();
        for (Voice voice : Voice.values()) {
            double[] sound = mono(render(score(note(0, voice, 100))));
            features.add(new double[]{Math.log(centroid(sound)), Math.log(decay(sound))});
        }
        for (int a = 0; a < features.size(); a++) {
            for (int b = 0; b < a; b++) {
                double brightness = Math.abs(features.get(a)[0] - features.get(b)[0]);
                double length = Math.abs(features.get(a)[1] - features.get(b)[1]);
                assertThat(Math.max(brightness, length)).as(Voice.of(a) + " and " + Voice.of(b)).isGreaterThan(Math.log(1.2));
            }
        }
    }

    @Test
    void shouldNotClipWhenEverythingIsStruckAtOnce() throws Exception {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (Voice voice : Voice.values()) {
                notes.add(note(i * 60L, voice, 127));
            }
        }
        short[] samples = samples(render(score(notes.toArray(Note[]::new))));

        int loudest = 0;
        for (short sample : samples) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        assertThat(loudest).isBetween(28_000, 32_766);
    }

    @Test
    void shouldSilenceTheOpenHatWhenItCloses() throws Exception {
        double[] open = mono(render(score(note(0, Voice.OPEN_HAT, 120))));
        double[] closed = mono(render(score(note(0, Voice.OPEN_HAT, 120), note(240, Voice.CLOSED_HAT, 1))));

        int later = (int) (0.3 * RATE);
        assertThat(rms(Arrays.copyOfRange(closed, later, later + 4410)))
                .isLessThan(0.01 * rms(Arrays.copyOfRange(open, later, later + 4410)));
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws Exception {
        Score score = score(note(0, Voice.CRASH, 90), note(100, Voice.SNARE, 33));

        assertThat(Files.readAllBytes(render(score))).isEqualTo(Files.readAllBytes(render(score)));
    }

    @Test
    void shouldWriteStereoOf44100HzAnd16Bit() throws Exception {
        File file = render(score(note(0, Voice.KICK, 90))).toFile();

        AudioFormat format = AudioSystem.getAudioFileFormat(file).getFormat();
        assertThat(format.getSampleRate()).isEqualTo(RATE);
        assertThat(format.getSampleSizeInBits()).isEqualTo(16);
        assertThat(format.getChannels()).isEqualTo(2);
    }

    private Path render(Score score) throws Exception {
        Path file = Files.createTempFile(folder, "drums", ".wav");
        DrumAudio.write(file, score);
        return file;
    }

    private static Score score(Note... notes) {
        return new Score(480, List.of(), List.of(), List.of(notes), List.of());
    }

    private static Note note(long tick, Voice voice, int velocity) {
        return new Note(tick, tick + 60, 0, 9, voice.note(), velocity);
    }

    private static short[] samples(Path file) throws Exception {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return samples;
        }
    }

    private static double[] mono(Path file) throws Exception {
        short[] samples = samples(file);
        double[] mono = new double[samples.length / 2];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = (samples[2 * i] + samples[2 * i + 1]) / 65536.0;
        }
        return mono;
    }

    private static double peak(double[] sound, int from, int to) {
        double peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(sound[i]));
        }
        return peak;
    }

    private static double rms(double[] sound) {
        return Math.sqrt(Arrays.stream(sound).map(x -> x * x).sum() / sound.length);
    }

    /** Seconds within which nine tenths of the energy come. */
    private static double decay(double[] sound) {
        double all = Arrays.stream(sound).map(x -> x * x).sum();
        double sum = 0;
        int i = 0;
        while (sum < 0.9 * all) {
            sum += sound[i] * sound[i];
            i++;
        }
        return (double) i / RATE;
    }

    /** Mean frequency of the power in the first 23 ms, in Hz. */
    private static double centroid(double[] sound) {
        int n = 1024;
        double weighted = 0;
        double power = 0;
        for (int bin = 1; bin < n / 2; bin++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                double x = sound[i] * (0.5 + 0.5 * Math.cos(Math.PI * i / n));
                re += x * Math.cos(2 * Math.PI * bin * i / n);
                im += x * Math.sin(2 * Math.PI * bin * i / n);
            }
            weighted += (re * re + im * im) * bin * RATE / n;
            power += re * re + im * im;
        }
        return weighted / power;
    }
}

package tapkit.render;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import tapkit.OutputFile;
import tapkit.data.Score;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/**
 * The drums of a score as sound, 44.1 kHz, 16 bit, stereo. Sample 0 is the score's start; a note begins on the sample nearest
 * to its time. Made block by block, so that a score may be of any length.
 */
public final class DrumAudio {
    private static final int FRAME_BYTES = 4;
    private static final AudioFormat FORMAT = new AudioFormat(Sound.RATE, 16, 2, true, false);
    private static final int BLOCK_FRAMES = 4096;
    /** Leaves room for a few voices at once; more than that bends . */
    private static final double GAIN = 0.7;
    /** A hat that closes silences the open one within this. */
    private static final int CHOKE_FRAMES = Sound.RATE * 15 / 1000;

    private DrumAudio() {
    }

    /** Writes a WAV file, whole or not at all. */
    public static void write(Path file, Score score) {
        List<Strike> strikes = strikes(score);
        long frames = strikes.stream().mapToLong(s -> s.frame + s.samples.length).max().orElse(0);
        OutputFile.write(file,
                out -> AudioSystem.write(new AudioInputStream(new Mix(strikes), FORMAT, frames), AudioFileFormat.Type.WAVE,
                        out));
    }

    /**
     * The first seconds of a score as samples: 16 bit, little endian, left and right in turn.
     *
     * @param seconds     how long; silent after the last note
     * @param fadeSeconds how much of that, at the end, fades out
     */
    public static byte[] pcm(Score score, double seconds, double fadeSeconds) {
        int frames = (int) Math.round(seconds * Sound.RATE);
        byte[] pcm = new byte[frames * FRAME_BYTES];
        Mix mix = new Mix(strikes(score));
        for (int at = 0; at < pcm.length;) {
            at += mix.read(pcm, at, pcm.length - at);
        }
        ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        int from = frames - (int) Math.round(fadeSeconds * Sound.RATE);
        for (int i = Math.max(0, 2 * from); i < samples.limit(); i++) {
            samples.put(i, (short) Math.round(samples.get(i) * (double) (frames - i / 2) / (frames - from)));
        }
        return pcm;
    }

    /** Samples as {@link #pcm} makes them, as a WAV file. */
    public static byte[] wav(byte[] pcm) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(pcm), FORMAT, pcm.length / FRAME_BYTES),
                    AudioFileFormat.Type.WAVE, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /** Notes of the drum channel that belong to one of the nine voices, in order of time. */
    private static List<Strike> strikes(Score score) {
        DrumKit kit = new DrumKit();
        List<Strike> strikes = new ArrayList<>();
        for (Score.Note note : score.notes()) {
            int index = Voice.ofNote(note.note());
            if (note.channel() == MidiMessage.DRUM_CHANNEL && index >= 0) {
                Voice voice = Voice.of(index);
                strikes.add(new Strike(Math.round(score.secondsAt((double) note.onTick()) * Sound.RATE), voice,
                        kit.strike(voice, note.velocity()), GAIN * DrumKit.level(note.velocity())));
            }
        }
        return strikes;
    }

    /** One note and how far it has sounded. */
    private static final class Strike {
        private final long frame;
        private final boolean hat;
        private final float[] samples;
        private final double left;
        private final double right;
        private long choke = Long.MAX_VALUE;

        private Strike(long frame, Voice voice, float[] samples, double level) {
            this.frame = frame;
            this.hat = voice == Voice.CLOSED_HAT || voice == Voice.OPEN_HAT;
            this.samples = samples;
            // Equal power, so that what is on the side is as loud as in the middle.
            double angle = (DrumKit.pan(voice) + 1) * Math.PI / 4;
            this.left = level * StrictMath.cos(angle);
            this.right = level * StrictMath.sin(angle);
        }

        private boolean hasEnded(long at) {
            return at >= frame + samples.length || (choke != Long.MAX_VALUE && at >= choke + CHOKE_FRAMES);
        }

        private double sample(long at) {
            double fade = at <= choke ? 1 : Math.max(0, 1 - (double) (at - choke) / CHOKE_FRAMES);
            return fade * samples[(int) (at - frame)];
        }
    }

    /** The sum of the strikes as little-endian frames; endless, silent at last. */
    private static final class Mix extends InputStream {
        private final List<Strike> strikes;
        private final List<Strike> sounding = new ArrayList<>();
        private final double[] left = new double[BLOCK_FRAMES];
        private final double[] right = new double[BLOCK_FRAMES];
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK_FRAMES * FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
        private int next;
        private long frame;

        private Mix(List<Strike> strikes) {
            this.strikes = strikes;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            read(one, 0, 1);
            return one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!block.hasRemaining()) {
                mix();
            }
            int count = Math.min(length, block.remaining());
            block.get(into, offset, count);
            return count;
        }

        private void mix() {
            Arrays.fill(left, 0);
            Arrays.fill(right, 0);
            long end = frame + BLOCK_FRAMES;
            for (; next < strikes.size() && strikes.get(next).frame < end; next++) {
                begin(strikes.get(next));
            }
            for (Strike strike : sounding) {
                for (long at = Math.max(frame, strike.frame); at < end && !strike.hasEnded(at); at++) {
                    double sample = strike.sample(at);
                    left[(int) (at - frame)] += strike.left * sample;
                    right[(int) (at - frame)] += strike.right * sample;
                }
            }
            sounding.removeIf(strike -> strike.hasEnded(end));
            block.clear();
            for (int i = 0; i < BLOCK_FRAMES; i++) {
                block.putShort(pcm(left[i])).putShort(pcm(right[i]));
            }
            block.flip();
            frame = end;
        }

        private void begin(Strike strike) {
            if (strike.hat) {
                sounding.stream().filter(s -> s.hat).forEach(s -> s.choke = Math.min(s.choke, strike.frame));
            }
            sounding.add(strike);
        }

        /** Bends what is louder than 0.8 towards 1, so that many voices at once do not clip. */
        private static short pcm(double x) {
            double over = Math.abs(x) - 0.8;
            double bent = over <= 0 ? x : Math.copySign(0.8 + 0.2 * StrictMath.tanh(over / 0.2), x);
            return (short) Math.round(bent * 32_700);
        }
    }
}

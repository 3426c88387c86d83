package tapkit.render;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Makes two sounds equally loud, for the louder of two is taken for the better one. Loudness is the mean power after the
 * K-weighting of ITU-R BS.1770-4 (a high shelf for the head, a high pass for the ear), both channels together.
 */
public final class Loudness {
    /** Nothing gets louder than this share of full scale. */
    private static final double HEADROOM = 0.89;
    /** Weighted root mean square that is aimed at. */
    private static final double TARGET = 0.1;

    private Loudness() {
    }

    /** Scales both, in place, to the same loudness; samples as of {@link DrumAudio#pcm}. Silence stays silence. */
    public static void match(byte[] one, byte[] other) {
        double target = Math.min(TARGET, Math.min(highest(one), highest(other)));
        scale(one, target);
        scale(other, target);
    }

    /** Weighted root mean square, 1 is full scale. */
    static double of(byte[] pcm) {
        ShortBuffer samples = samples(pcm);
        double sum = 0;
        for (int channel = 0; channel < 2; channel++) {
            // BS.1770's filters for 44.1 kHz.
            Biquad head = new Biquad(1.5308412300503478, -2.6509799951547297, 1.1690790799215869, -1.6636551132560202,
                    0.7125954280732254);
            Biquad ear = new Biquad(1, -2, 1, -1.9891696736297957, 0.9891990357870394);
            for (int i = channel; i < samples.limit(); i += 2) {
                double y = ear.next(head.next(samples.get(i) / 32_768.0));
                sum += y * y;
            }
        }
        return Math.sqrt(sum / Math.max(1, samples.limit()));
    }

    /** The loudness that a sound can have without being cut off; infinite for silence. */
    private static double highest(byte[] pcm) {
        ShortBuffer samples = samples(pcm);
        int peak = 0;
        for (int i = 0; i < samples.limit(); i++) {
            peak = Math.max(peak, Math.abs(samples.get(i)));
        }
        return peak == 0 ? Double.POSITIVE_INFINITY : of(pcm) * HEADROOM * 32_768 / peak;
    }

    private static void scale(byte[] pcm, double target) {
        double loudness = of(pcm);
        if (loudness == 0) {
            return;
        }
        ShortBuffer samples = samples(pcm);
        for (int i = 0; i < samples.limit(); i++) {
            samples.put(i, (short) Math.round(samples.get(i) * target / loudness));
        }
    }

    private static ShortBuffer samples(byte[] pcm) {
        return ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    }

    /** y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2]. */
    private static final class Biquad {
        private final double b0;
        private final double b1;
        private final double b2;
        private final double a1;
        private final double a2;
        private double z1;
        private double z2;

        private Biquad(double b0, double b1, double b2, double a1, double a2) {
            this.b0 = b0;
            this.b1 = b1;
            this.b2 = b2;
            this.a1 = a1;
            this.a2 = a2;
        }

        double next(double x) {
            double y = b0 * x + z1;
            z1 = b1 * x - a1 * y + z2;
            z2 = b2 * x - a2 * y;
            return y;
        }
    }
}

package tapkit.render;

import java.util.SplittableRandom;

/**
 * The mono sound of one struck drum while it is being made: sines and noises that decay are added one upon the other. Times are
 * seconds, frequencies Hz, levels of full scale 1. StrictMath gives the same bits on every processor.
 */
final class Sound {
    static final int RATE = 44_100;
    /** A sound has ended when it has fallen by 60 dB; a decay is the time constant of an exponential, 1 / 6.9 of that. */
    private static final double SILENCE_DECAYS = 6.9;

    private final float[] samples;
    private final SplittableRandom random;

    /** @param longestDecay of what will be added, which settles how long the sound is */
    Sound(double longestDecay, long seed) {
        samples = new float[(int) (longestDecay * SILENCE_DECAYS * RATE)];
        random = new SplittableRandom(seed);
    }

    float[] samples() {
        return samples;
    }

    /** A drum head: a sine that falls from {@code start} to {@code end}, as a head does that was stretched by the blow. */
    Sound head(double start, double end, double sweep, double level, double decay) {
        double phase = 0;
        double amplitude = level;
        double stretch = start - end;
        double fall = fall(decay);
        double relax = fall(sweep);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (float) (amplitude * StrictMath.sin(phase));
            phase += 2 * Math.PI * (end + stretch) / RATE;
            amplitude *= fall;
            stretch *= relax;
        }
        return this;
    }

    /** Noise between two frequencies, 12 dB an octave beyond them. */
    Sound noise(double low, double high, double level, double decay) {
        Filter lows = Filter.highPass(low);
        Filter highs = Filter.lowPass(high);
        double amplitude = level;
        double fall = fall(decay);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (float) (amplitude * highs.next(lows.next(random.nextDouble(-1, 1))));
            amplitude *= fall;
        }
        return this;
    }

    /**
     * A struck plate of bronze: many sines that have no harmony, spread evenly over the octaves between two frequencies, the high
     * ones with less level and a shorter decay.
     *
     * @param brightness how the level goes with frequency: dB an octave, negative falls
     */
    Sound plate(int modes, double low, double high, double brightness, double level, double decay) {
        double octaves = StrictMath.log(high / low) / StrictMath.log(2);
        double scale = level / StrictMath.sqrt(modes);
        for (int mode = 0; mode < modes; mode++) {
            double octave = octaves * (mode + random.nextDouble()) / modes;
            double frequency = low * StrictMath.pow(2, octave);
            double amplitude = scale * StrictMath.pow(10, brightness * (octave - octaves / 2) / 20)
                    * random.nextDouble(0.5, 1.5);
            double fall = fall(decay * random.nextDouble(0.6, 1.2) * StrictMath.pow(2, -octave / 3));
            double phase = random.nextDouble(2 * Math.PI);
            // A sine that falls, by its recurrence: y[i] = 2 r cos(w) y[i-1] - r² y[i-2].
            double w = 2 * Math.PI * frequency / RATE;
            double feedback = 2 * fall * StrictMath.cos(w);
            double before = amplitude * StrictMath.sin(phase - w) / fall;
            double now = amplitude * StrictMath.sin(phase);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) now;
                double next = feedback * now - fall * fall * before;
                before = now;
                now = next;
            }
        }
        return this;
    }

    /** What a level is multiplied by from one sample to the next. */
    private static double fall(double decay) {
        return StrictMath.exp(-1 / (decay * RATE));
    }

    /** Second-order Butterworth low and high pass (R. Bristow-Johnson's cookbook). */
    private static final class Filter {
        private final double b0;
        private final double b1;
        private final double a1;
        private final double a2;
        private double z1;
        private double z2;

        private Filter(double frequency, boolean low) {
            double w = 2 * Math.PI * StrictMath.min(frequency, 0.45 * RATE) / RATE;
            double alpha = StrictMath.sin(w) / StrictMath.sqrt(2);
            double a0 = 1 + alpha;
            double c = StrictMath.cos(w);
            b0 = (low ? 1 - c : 1 + c) / 2 / a0;
            b1 = (low ? 1 - c : -1 - c) / a0;
            a1 = -2 * c / a0;
            a2 = (1 - alpha) / a0;
        }

        static Filter lowPass(double frequency) {
            return new Filter(frequency, true);
        }

        static Filter highPass(double frequency) {
            return new Filter(frequency, false);
        }

        double next(double x) {
            double y = b0 * x + z1;
            z1 = b1 * x - a1 * y + z2;
            z2 = b0 * x - a2 * y;
            return y;
        }
    }
}

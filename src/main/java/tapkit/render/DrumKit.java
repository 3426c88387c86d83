package tapkit.render;

import java.util.HashMap;
import java.util.Map;
import tapkit.grid.Voice;

/**
 * A synthesised drum kit of nine voices. A harder blow is louder and brighter, as on a real kit. The same voice and velocity
 * always give the same samples. Not thread safe.
 */
final class DrumKit {
    private static final long SEED = 808;
    /** Brightness goes in so many steps, so that a long score needs no more sounds than these; level goes continuously. */
    private static final int LAYERS = 16;

    private final Map<Integer, float[]> made = new HashMap<>();

    /** Mono samples at {@link Sound#RATE}, from the onset on, to be scaled by {@link #level}. The caller must not change them. */
    float[] strike(Voice voice, int velocity) {
        int layer = velocity * LAYERS / 128;
        return made.computeIfAbsent(voice.ordinal() * LAYERS + layer, key -> make(voice, (layer + 0.5) / LAYERS));
    }

    /** Velocity 127 is 1, half of it is 12 dB below, as General MIDI recommends. */
    static double level(int velocity) {
        return velocity * velocity / (127.0 * 127.0);
    }

    /** Where the voice sits, from −1 (left) to 1, as the audience sees a right-handed drummer's kit. */
    static double pan(Voice voice) {
        return switch (voice) {
            case KICK, SNARE -> 0;
            case CLOSED_HAT, OPEN_HAT -> 0.4;
            case HIGH_TOM -> 0.25;
            case MID_TOM -> -0.1;
            case LOW_TOM -> -0.45;
            case CRASH -> 0.5;
            case RIDE -> -0.5;
        };
    }

    private static float[] make(Voice voice, double velocity) {
        // Two octaves lie between the hardest and the softest blow.
        double open = StrictMath.pow(2, 2 * (velocity - 1));
        // Hats and toms of one family must not share their noise, or two at once would sound like one, louder.
        long seed = SEED + voice.ordinal();
        Sound sound = switch (voice) {
            case KICK -> new Sound(0.13, seed).head(190, 54, 0.022, 0.85, 0.13).noise(900, 7000 * open, 0.5 * open, 0.004)
                    .head(420, 110, 0.008, 0.25, 0.018);
            case SNARE -> new Sound(0.1, seed).head(320, 186, 0.012, 0.42, 0.055).head(520, 331, 0.01, 0.2, 0.035)
                    .noise(1600, 11_000 * open, 0.55, 0.075).noise(500, 9000 * open, 0.4, 0.01);
            case CLOSED_HAT -> new Sound(0.03, seed).plate(48, 5200, 15_500, 6 * open - 3, 0.28, 0.045)
                    .noise(6500, 18_000 * open, 0.35, 0.022);
            case OPEN_HAT -> new Sound(0.22, seed).plate(64, 3600, 15_000, 6 * open - 3, 0.24, 0.32)
                    .noise(5200, 17_000 * open, 0.22, 0.16);
            case LOW_TOM -> tom(seed, 84, 0.2, open);
            case MID_TOM -> tom(seed, 123, 0.17, open);
            case HIGH_TOM -> tom(seed, 178, 0.14, open);
            case CRASH -> new Sound(0.5, seed).plate(160, 420, 14_000, 3 * open - 1, 0.5, 1.1)
                    .noise(2200, 16_000 * open, 0.5, 0.09).noise(3500, 14_000 * open, 0.16, 0.4);
            case RIDE ->
                new Sound(0.42, seed).plate(26, 3100, 7800, 2 * open - 1, 0.26, 0.6)
                        .plate(40, 420, 11_000, 2 * open - 1, 0.1, 0.6)
                        .noise(3000, 15_000 * open, 0.4, 0.006);
        };
        float[] samples = sound.samples();
        int fade = samples.length / 8;
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bend(samples[i]) * Math.min(1, (samples.length - i) / (float) fade);
        }
        return samples;
    }

    /** Rounds off what is louder than a drum can be: x up to about ½, never beyond 1 (a rational approximation of tanh). */
    private static float bend(float x) {
        float y = Math.clamp(x, -3, 3);
        return y * (27 + y * y) / (27 + 9 * y * y);
    }

    private static Sound tom(long seed, double frequency, double decay, double open) {
        return new Sound(decay, seed).head(1.7 * frequency, frequency, 0.03, 0.75, decay)
                .head(2.6 * frequency, 1.6 * frequency, 0.02, 0.2, decay / 3).noise(700, 6000 * open, 0.3 * open, 0.008);
    }
}

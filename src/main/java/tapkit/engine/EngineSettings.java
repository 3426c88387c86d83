package tapkit.engine;

import tapkit.clock.InternalClock;

/**
 * What an engine is started with.
 *
 * @param clock       where tempo and phase come from
 * @param bpm         quarter notes a minute, until something else sets it
 * @param temperature of sampling, 0 to 2; 0 is the thresholded answer
 * @param seed        of the session: the same seed and the same input give the same drums
 */
public record EngineSettings(ClockSource clock, double bpm, double temperature, long seed) {
    /** Where tempo and phase come from. */
    public enum ClockSource {
        /** A tempo that is set; the first tap, or Start, is beat 1 of bar 1. */
        INTERNAL,
        /** MIDI clock, with Start, Stop, Continue and Song Position. */
        MIDI,
        /** Four taps count in: they set the tempo, and bar 1 begins where the fifth would come. */
        TAP
    }

    public EngineSettings {
        if (!(bpm >= InternalClock.MIN_BPM && bpm <= InternalClock.MAX_BPM)) {
            throw new IllegalArgumentException("bpm: " + bpm);
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature: " + temperature);
        }
    }
}

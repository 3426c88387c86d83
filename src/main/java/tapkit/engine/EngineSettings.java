package tapkit.engine;

import java.util.Map;
import tapkit.clock.InternalClock;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;

/**
 * What an engine is started with.
 *
 * @param clock       where tempo and phase come from
 * @param bpm         quarter notes a minute, until something else sets it
 * @param temperature of sampling, 0 to 2; 0 is the thresholded answer
 * @param seed        of the session: the same seed and the same input give the same drums
 * @param knobs       other controls, where they begin elsewhere than at their initial values
 */
public record EngineSettings(ClockSource clock, double bpm, double temperature, long seed, Map<Knob, Double> knobs) {
    /** Where tempo and phase come from. */
    public enum ClockSource {
        /** A tempo that is set; the first tap, or Start, is beat 1 of bar 1. */
        INTERNAL,
        /** MIDI clock, with Start, Stop, Continue and Song Position. */
        MIDI,
        /** JACK's transport: its place and tempo, start, stop and relocation. */
        JACK,
        /** Four taps count in: they set the tempo, and bar 1 begins where the fifth would come. */
        TAP
    }

    public EngineSettings {
        knobs = Map.copyOf(knobs);
        if (!(bpm >= InternalClock.MIN_BPM && bpm <= InternalClock.MAX_BPM)) {
            throw new IllegalArgumentException("bpm: " + bpm);
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature: " + temperature);
        }
    }

    /** All other controls at their initial values. */
    public EngineSettings(ClockSource clock, double bpm, double temperature, long seed) {
        this(clock, bpm, temperature, seed, Map.of());
    }

    /** Every control where it begins. */
    ControlBoard board() {
        ControlBoard board = new ControlBoard();
        knobs.forEach((knob, value) -> board.set(knob.index(), knob.control().clamp(value)));
        board.set(Knob.of(Control.BPM).index(), bpm);
        board.set(Knob.of(Control.TEMPERATURE).index(), temperature);
        board.set(Knob.of(Control.SEED).index(), Control.SEED.clamp((double) seed));
        return board;
    }
}

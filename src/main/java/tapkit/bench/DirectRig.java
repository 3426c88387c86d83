package tapkit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.MidiControl;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.engine.PadFilter;
import tapkit.engine.Player;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Decoder;
import tapkit.model.Fills;
import tapkit.model.TapModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;

/**
 * What stands between a pad and a port in {@code play --direct}, with taps that can be told from each other on its other side. The network
 * is not on this way, so one that always answers with the kick does: a snare is a tap's own, and answers leave beside it as they do in
 * earnest.
 */
final class DirectRig implements AutoCloseable {
    private static final double BPM = 120;
    /** Pads whose notes are no drum's sound as a snare. Each is struck so rarely that none is taken for an echo. */
    private static final int FIRST_PAD = 64;
    private static final int PADS = 32;
    /** Velocities 1 to 127 number the taps. */
    private static final int VELOCITIES = 127;

    private final Engine engine = new Engine(
            new EngineSettings(ClockSource.INTERNAL, BPM, 0, 1, Map.of(Knob.of(Control.DIRECT), 1.0)));
    private final MidiControl control = new MidiControl(engine, engine.controls(), engine.openFeed(), List.of(), learned -> {
    });
    private final PadFilter pads = new PadFilter(List.of(), control);

    /** What takes the pads' messages. */
    MidiReceiver pads() {
        return pads;
    }

    MidiReceiver clock() {
        return engine::clock;
    }

    /** Begins to play to this port. */
    void start(MidiOutput drums) {
        float[] thresholds = new float[Grid.VOICES];
        Arrays.fill(thresholds, 0.5f);
        TapModel kick = (taps, out) -> {
            for (int step = 0; step < Grid.STEPS; step++) {
                out.probabilities[Grid.cell(step, Voice.KICK.ordinal())] = 1;
            }
        };
        engine.start(List.of(new Player(kick, new Decoder(thresholds))), Fills.PLAIN, List.of(drums), null);
        control.start(MidiOutput.NONE);
    }

    /** The message of a numbered tap. */
    static int tap(int event) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, FIRST_PAD + event % PADS, velocity(event));
    }

    /** The drum that a numbered tap is. */
    static int drum(int event) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, Voice.SNARE.note(), velocity(event));
    }

    private static int velocity(int event) {
        return 1 + event % VELOCITIES;
    }

    @Override
    public void close() {
        control.close();
        engine.close();
    }
}

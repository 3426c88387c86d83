package tapkit.engine;

import java.util.function.Consumer;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.port.MidiMessage;

/** In the engine's place: says in words what it is told, such as "tap 100", "bpm ADD 1.0", "mute.kick SET 1.0". */
public record SpokenInput(Consumer<String> said) implements EngineInput {
    @Override
    public void pad(int message, long atNanos) {
        said.accept("tap " + MidiMessage.data2(message));
    }

    @Override
    public void clock(int message, long atNanos) {
        throw new AssertionError("no clock comes this way");
    }

    @Override
    public void control(Control control, int voice, Change change, double value, long atNanos) {
        said.accept(Knob.of(control, voice).label() + " " + change + " " + value);
    }
}

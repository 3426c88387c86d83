package tapkit.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;
import tapkit.tap.PadInput;
import tapkit.tap.PadSettings;

/**
 * Stands before the engine and reads what pads send: drops what is no stroke, shapes velocities, names drums by their General MIDI
 * notes. All other messages pass. Each input is called by one thread at a time; nothing waits, locks or allocates.
 */
public final class PadFilter implements MidiReceiver {
    private final MidiReceiver next;
    private final PadInput[] inputs = new PadInput[MidiMessage.MOST_INPUTS];
    private final AtomicLong masked = new AtomicLong();
    private volatile MidiOutput pedalOut = MidiOutput.NONE;

    /** @param settings of each input, by its number; those beyond are read with the defaults */
    public PadFilter(List<PadSettings> settings, MidiReceiver next) {
        this.next = next;
        Arrays.setAll(inputs,
                input -> new PadInput(input < settings.size() ? settings.get(input) : PadSettings.DEFAULT));
    }

    /** From now on the position of a hi-hat's pedal is passed on at once. */
    public void sendPedalTo(MidiOutput output) {
        pedalOut = output;
    }

    /** Strokes that were taken for echoes, crosstalk or noise. */
    public long masked() {
        return masked.get();
    }

    @Override
    public void receive(int message, long atNanos) {
        int input = MidiMessage.input(message);
        PadInput pads = inputs[input];
        if (MidiMessage.isNoteOn(message)) {
            int note = MidiMessage.data1(message);
            int velocity = pads.tap(note, MidiMessage.data2(message), atNanos);
            if (velocity > 0) {
                next.receive(
                        MidiMessage.from(input, MidiMessage.noteOn(MidiMessage.channel(message), pads.drum(note), velocity)),
                        atNanos);
            } else {
                masked.incrementAndGet();
            }
            return;
        }
        if (MidiMessage.kind(message) == MidiMessage.CONTROL_CHANGE && MidiMessage.data1(message) == PadInput.PEDAL) {
            pads.pedal(MidiMessage.data2(message));
            pedalOut.sendNow(MidiMessage.pack(MidiMessage.CONTROL_CHANGE | MidiMessage.DRUM_CHANNEL, PadInput.PEDAL,
                    MidiMessage.data2(message)), atNanos);
        }
        next.receive(message, atNanos);
    }
}

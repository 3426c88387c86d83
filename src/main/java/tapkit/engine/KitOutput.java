package tapkit.engine;

import java.util.function.LongConsumer;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.tap.KitMap;
import tapkit.tap.PadInput;

/**
 * An output to a kit that has its own notes: drums of General MIDI leave as the kit's. Where the kit has one note for an open and a
 * closed hi-hat, its pedal is told before each. Threads and promises are those of the port behind it.
 */
public final class KitOutput implements MidiOutput {
    private static final int OPEN = 0;
    private static final int CLOSED = 127;

    private final MidiOutput port;
    private final byte[] notes = new byte[128];
    private final boolean movesPedal;
    private int pedal = -1;

    /** @param movesPedal whether the pedal is told what the hi-hat does */
    public KitOutput(MidiOutput port, KitMap kit, boolean movesPedal) {
        this.port = port;
        this.movesPedal = movesPedal;
        for (int note = 0; note < notes.length; note++) {
            notes[note] = (byte) note;
        }
        for (Voice voice : Voice.values()) {
            notes[voice.note()] = (byte) kit.note(voice);
        }
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (movesPedal && MidiMessage.isNoteOn(message)) {
            movePedal(Voice.ofNote(MidiMessage.data1(message)), atNanos);
        }
        return port.send(ofTheKit(message), atNanos);
    }

    private void movePedal(int voice, long atNanos) {
        boolean hat = voice == Voice.OPEN_HAT.ordinal() || voice == Voice.CLOSED_HAT.ordinal();
        int wanted = voice == Voice.OPEN_HAT.ordinal() ? OPEN : CLOSED;
        if (hat && wanted != pedal && port
                .send(MidiMessage.pack(MidiMessage.CONTROL_CHANGE | MidiMessage.DRUM_CHANNEL, PadInput.PEDAL, wanted),
                        atNanos)) {
            pedal = wanted;
        }
    }

    private int ofTheKit(int message) {
        int kind = MidiMessage.kind(message);
        return kind != MidiMessage.NOTE_ON && kind != MidiMessage.NOTE_OFF
                ? message
                : MidiMessage.pack(MidiMessage.status(message), notes[MidiMessage.data1(message)], MidiMessage.data2(message));
    }

    @Override
    public boolean sendNow(int message, long atNanos) {
        return port.sendNow(ofTheKit(message), atNanos);
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        port.measureNow(nanos);
    }

    @Override
    public long leadNanos() {
        return port.leadNanos();
    }

    @Override
    public void silence() {
        port.silence();
    }
}

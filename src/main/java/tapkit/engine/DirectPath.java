package tapkit.engine;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.tap.RetriggerMask;
import tapkit.telemetry.Lateness;

/**
 * A tap's own drum, at once: it leaves on the thread that brings the tap, before the engine or the model know of it. The engine is told
 * which drum that was, ends the note, and does not strike it again for the same tap. Off unless it is switched on. Any thread may call;
 * nothing waits, locks or allocates.
 */
public final class DirectPath {
    /** In the place of a drum: the pad's own. */
    static final int OWN = -1;
    /** In the place of a drum: none. */
    static final int NOTHING = -2;

    private static final int NOTES = 128;
    private static final Voice DEFAULT_VOICE = Voice.SNARE;

    private final RetriggerMask mask = new RetriggerMask(MidiMessage.MOST_INPUTS);
    private final Lateness latency = new Lateness();
    private volatile MidiOutput[] outputs = {};
    /** By the pad's note, the drum's. Replaced as a whole. */
    private volatile byte[] drums = kit();
    private volatile boolean on;
    /** The drum of the next tap, whatever the pad. */
    private volatile int next = OWN;

    DirectPath() {
    }

    /** Switches it on or off. */
    public void on(boolean wanted) {
        on = wanted;
    }

    /** Whether it is on. */
    public boolean isOn() {
        return on;
    }

    /** From now on every pad plays this voice. */
    public void playAlways(Voice voice) {
        byte[] map = new byte[NOTES];
        Arrays.fill(map, (byte) voice.note());
        drums = map;
    }

    /** The engine: which drum the next taps are, by its note; or {@link #OWN}, or {@link #NOTHING}. */
    void next(int drum) {
        next = drum;
    }

    /** How long it took: from the tap's time stamp until its drum was handed to the port. */
    public Lateness latency() {
        return latency;
    }

    /** Where the drums go; the first of them tells how long it took. */
    void sendTo(List<MidiOutput> drumOutputs) {
        drumOutputs.stream().findFirst().ifPresent(output -> output.measureNow(latency::record));
        outputs = drumOutputs.toArray(MidiOutput[]::new);
    }

    /** Strikes what a message of a pad asks for; returns the note-on that left, or 0 if none did. */
    int strike(int message, long atNanos) {
        MidiOutput[] now = outputs;
        int note = MidiMessage.data1(message);
        int wanted = next;
        if (!on || wanted == NOTHING || now.length == 0 || !MidiMessage.isNoteOn(message)
                || !mask.accepts(MidiMessage.input(message), note, atNanos)) {
            return 0;
        }
        int struck = MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, wanted == OWN ? drums[note] : wanted,
                MidiMessage.data2(message));
        boolean left = false;
        for (MidiOutput output : now) {
            left |= output.sendNow(struck, atNanos);
        }
        return left ? struck : 0;
    }

    private static byte[] kit() {
        byte[] map = new byte[NOTES];
        for (int note = 0; note < NOTES; note++) {
            int voice = Voice.ofNote(note);
            map[note] = (byte) (voice < 0 ? DEFAULT_VOICE : Voice.of(voice)).note();
        }
        return map;
    }
}

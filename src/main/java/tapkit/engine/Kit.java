package tapkit.engine;

import java.util.List;
import tapkit.clock.BeatClock;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.schedule.Schedule;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;

/**
 * The drums: how loud each voice is now, and the way to the ports. Belongs to the engine's thread; does not allocate.
 */
final class Kit implements Schedule.Sink {
    /** A side stick: counts in. */
    private static final int CLICK_NOTE = 37;
    private static final long NOTE_NANOS = 60_000_000;
    private static final long LATE_LIMIT_NANOS = 30_000_000;
    private static final int MOST_NOTES = 1024;
    private static final int LOUDEST = 127;

    private final MidiOutput[] outputs;
    private final BeatClock clock;
    private final ControlBoard board;
    private final Feeds feeds;
    private final Lateness lateness;
    private final Schedule schedule = new Schedule(MOST_NOTES, NOTE_NANOS, LATE_LIMIT_NANOS);
    private long portLeadNanos;
    private long nowNanos;
    private long hits;

    Kit(List<MidiOutput> outputs, BeatClock clock, ControlBoard board, Feeds feeds, Lateness lateness) {
        this.outputs = outputs.toArray(MidiOutput[]::new);
        this.clock = clock;
        this.board = board;
        this.feeds = feeds;
        this.lateness = lateness;
        askPorts();
    }

    /** A server's period may become another at any time. */
    private void askPorts() {
        portLeadNanos = 0;
        for (MidiOutput output : outputs) {
            portLeadNanos = Math.max(portLeadNanos, output.leadNanos());
        }
    }

    /** How long before its time the slowest port wants a message. */
    long portLeadNanos() {
        return portLeadNanos;
    }

    /**
     * Has a voice sound at a time, unless it is muted.
     *
     * @param velocity as it was meant, 0 to 1; level and range are put on it here
     */
    void strike(int voice, float velocity, long atNanos) {
        double level = board.get(Control.LEVEL, voice) / 100;
        if (level > 0 && board.get(Control.MUTE, voice) == 0) {
            double meant = Math.clamp(velocity * level * LOUDEST, 1, LOUDEST);
            double low = board.get(Control.VELOCITY_LOW);
            double high = Math.max(low, board.get(Control.VELOCITY_HIGH));
            schedule.add(Voice.of(voice).note(), (int) Math.round(low + (high - low) * (meant - 1) / (LOUDEST - 1)), atNanos);
        }
    }

    /**
     * A drum has left past the schedule: its end is to follow, and everyone is to know of it. It left at once, whatever earlier time the
     * tap is given or the port is to send at; the end must not come before it.
     */
    void struck(int note, int velocity, long at) {
        hits++;
        schedule.struck(note, Math.max(at, nowNanos) + portLeadNanos);
        double beat = clock.running() ? clock.beatAt(at) : Double.NaN;
        feeds.publish(PlayedEvent.Kind.DRUM, note, Voice.ofNote(note), velocity, at, beat, clock.bpm());
    }

    /** Has a click sound at a time. */
    void click(boolean accent, long atNanos) {
        schedule.add(CLICK_NOTE, accent ? 110 : 80, atNanos);
    }

    /** Hands over what is due within a lead. */
    void run(long now, long leadNanos) {
        nowNanos = now;
        schedule.run(now, leadNanos, this);
        askPorts();
    }

    /** All notes off, and nothing waits any more. */
    void silence(long now) {
        schedule.clear();
        for (MidiOutput output : outputs) {
            output.silence();
        }
        feeds.publish(PlayedEvent.Kind.SILENCE, 0, -1, 0, now, clock.running() ? clock.beatAt(now) : Double.NaN, clock.bpm());
    }

    /** Drum notes that were sent. */
    long hits() {
        return hits;
    }

    /** Drum notes whose time had passed. */
    long late() {
        return schedule.late() + schedule.dropped();
    }

    /** Messages that a port did not take. */
    long refused() {
        return schedule.refused();
    }

    @Override
    public boolean noteOn(int note, int velocity, long atNanos) {
        hits++;
        lateness.record(nowNanos - (atNanos - portLeadNanos));
        feeds.publish(PlayedEvent.Kind.DRUM, note, Voice.ofNote(note), velocity, atNanos, clock.beatAt(atNanos), clock.bpm());
        return send(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, note, velocity), atNanos);
    }

    @Override
    public boolean noteOff(int note, long atNanos) {
        return send(MidiMessage.noteOff(MidiMessage.DRUM_CHANNEL, note), atNanos);
    }

    private boolean send(int message, long atNanos) {
        boolean taken = true;
        for (MidiOutput output : outputs) {
            taken &= output.send(message, atNanos);
        }
        return taken;
    }
}

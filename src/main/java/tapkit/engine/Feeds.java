package tapkit.engine;

import java.util.Arrays;
import tapkit.telemetry.PlayedEvent;

/** All feeds of what is played. Any thread opens one; the engine's publishes. */
final class Feeds {
    private volatile FeedRing[] rings = {};
    private final PlayedEvent event = new PlayedEvent();
    private EngineJournal journal = new EngineJournal(null);

    /** From now on this journal hears of everything, too. Before the engine's thread starts. */
    void noteIn(EngineJournal sessionJournal) {
        journal = sessionJournal;
    }

    synchronized FeedRing open() {
        FeedRing[] more = Arrays.copyOf(rings, rings.length + 1);
        FeedRing ring = new FeedRing();
        more[rings.length] = ring;
        rings = more;
        return ring;
    }

    void publish(PlayedEvent.Kind kind, int note, int voice, int velocity, long atNanos, double beat, double bpm) {
        event.kind = kind;
        event.note = note;
        event.voice = voice;
        event.velocity = velocity;
        event.atNanos = atNanos;
        event.beat = beat;
        event.bpm = bpm;
        offer();
    }

    void publishControl(int knob, double value, long atNanos, double beat, double bpm) {
        event.knob = knob;
        event.value = value;
        publish(PlayedEvent.Kind.CONTROL, 0, -1, 0, atNanos, beat, bpm);
    }

    private void offer() {
        journal.played(event);
        for (FeedRing ring : rings) {
            ring.offer(event);
        }
    }
}

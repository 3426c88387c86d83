package tapkit.telemetry;

import java.util.Queue;

/** A feed for tests: tells of what is in a queue, and loses nothing. */
public record QueuedFeed(Queue<PlayedEvent> events) implements PlayedFeed {
    @Override
    public boolean poll(PlayedEvent into) {
        PlayedEvent next = events.poll();
        if (next != null) {
            into.copyFrom(next);
        }
        return next != null;
    }

    @Override
    public long lost() {
        return 0;
    }
}

package tapkit.telemetry;

/**
 * One reader's feed of what is played. The engine never waits for a reader: one that falls behind loses events, and they are
 * counted.
 */
public interface PlayedFeed {
    /** Fills {@code into} with the next event; false if there is none. Does not wait or allocate. */
    boolean poll(PlayedEvent into);

    /** Events that this reader lost. */
    long lost();
}

package tapkit.journal;

/** Takes records, whole ones, from one thread. Never waits, locks or allocates. */
@FunctionalInterface
public interface RecordSink {
    /** Takes the first bytes of an array, which the caller may reuse; false if there is no room. */
    boolean offer(byte[] bytes, int length);
}

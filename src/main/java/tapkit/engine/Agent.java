package tapkit.engine;

/** What a thread does, turn by turn (the pattern is Agrona's). All calls come from that thread. */
interface Agent {
    default void onStart() {
    }

    /** One turn; never waits. Returns 0 if there was nothing to do. */
    int doWork(long nowNanos);

    default void onClose() {
    }

    /** Name of the thread. */
    String roleName();
}

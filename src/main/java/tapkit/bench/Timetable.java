package tapkit.bench;

/**
 * Instants at which something is to happen, evenly spaced, on {@link System#nanoTime()}'s clock.
 *
 * @param firstNanos    the first
 * @param intervalNanos from one to the next
 * @param events        how many
 */
record Timetable(long firstNanos, long intervalNanos, int events) {
    /** When an event is to happen. */
    long atNanos(int event) {
        return firstNanos + event * intervalNanos;
    }

    /** The same, a part (0 to 1) of an interval later. */
    Timetable shifted(double part) {
        return new Timetable(firstNanos + Math.round(part * intervalNanos), intervalNanos, events);
    }
}

package tapkit.port.coremidi;

/**
 * CoreMIDI's time stamps are ticks of the host's clock; {@code mach_timebase_info} says how many nanoseconds a tick is, as a fraction.
 *
 * @param numerator   nanoseconds of so many ticks
 * @param denominator so many ticks
 * @param offsetNanos nanoTime − nanoseconds of the host's clock
 */
record HostTime(int numerator, int denominator, long offsetNanos) {
    /** The host's ticks at an instant of {@link System#nanoTime()}. */
    long ticks(long atNanos) {
        long nanos = atNanos - offsetNanos;
        // In two steps: the product of all nanoseconds since the machine was started would not fit for long.
        return nanos / numerator * denominator + nanos % numerator * denominator / numerator;
    }

    /** The instant of {@link System#nanoTime()} at a tick of the host. */
    long nanos(long ticks) {
        return ticks / denominator * numerator + ticks % denominator * numerator / denominator + offsetNanos;
    }
}

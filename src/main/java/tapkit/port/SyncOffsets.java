package tapkit.port;

import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * How much later each port's time is taken to be, in milliseconds; negative: earlier. So a slow pad is made up for with a negative
 * {@code in}, a slow synthesizer with a negative {@code out}. The ports are {@code in} (all pads), {@code in1}, {@code in2} and so
 * on (the pad that was named first, second; added to {@code in}), {@code out}, {@code clock-in} and {@code clock-out}.
 */
public record SyncOffsets(Map<String, Double> millis) {
    /** Every port as it is. */
    public static final SyncOffsets NONE = new SyncOffsets(Map.of());
    /** Most that an offset may be, either way. */
    public static final double MOST_MILLIS = 200;
    private static final Pattern PORTS = Pattern.compile("in|in([1-9]|1[0-6])|out|clock-in|clock-out");

    /** @throws IllegalArgumentException if there is no such port or an offset is beyond {@link #MOST_MILLIS}; says which */
    public SyncOffsets {
        millis = Map.copyOf(millis);
        millis.forEach((port, offset) -> {
            if (!PORTS.matcher(port).matches()) {
                throw new IllegalArgumentException(
                        port + " is no port; there are in, in1, in2 and so on, out, clock-in, clock-out");
            }
            if (!(Math.abs(offset) <= MOST_MILLIS)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s=%s; it must be -%.0f to %.0f ms", port, offset, MOST_MILLIS,
                                MOST_MILLIS));
            }
        });
    }

    private long nanos(String port) {
        return Math.round(millis.getOrDefault(port, 0.0) * 1e6);
    }

    /** What takes the pads' messages, each with its pad's offset. */
    public MidiReceiver pad(MidiReceiver receiver) {
        long[] offsets = new long[MidiMessage.MOST_INPUTS];
        for (int input = 0; input < offsets.length; input++) {
            offsets[input] = nanos("in") + nanos("in" + (input + 1));
        }
        return (message, atNanos) -> receiver.receive(message, atNanos + offsets[MidiMessage.input(message)]);
    }

    /** What takes the clock's messages. */
    public MidiReceiver clock(MidiReceiver receiver) {
        long offset = nanos("clock-in");
        return (message, atNanos) -> receiver.receive(message, atNanos + offset);
    }

    /** What takes where a server's transport is. */
    public TransportReceiver transport(TransportReceiver receiver) {
        long offset = nanos("clock-in");
        return (rolling, beat, seconds, bpm, atNanos) -> receiver.transport(rolling, beat, seconds, bpm, atNanos + offset);
    }

    /** Where drums go. */
    public MidiOutput drums(MidiOutput output) {
        return shifted(output, nanos("out"));
    }

    /** Where clock goes. */
    public MidiOutput clock(MidiOutput output) {
        return shifted(output, nanos("clock-out"));
    }

    private static MidiOutput shifted(MidiOutput output, long offset) {
        return offset == 0 ? output : new Shifted(output, offset);
    }

    /** An output whose messages leave later, or earlier: then they are wanted as much earlier. */
    private record Shifted(MidiOutput output, long offsetNanos) implements MidiOutput {
        @Override
        public boolean send(int message, long atNanos) {
            return output.send(message, atNanos + offsetNanos);
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            return output.sendNow(message, atNanos);
        }

        @Override
        public void measureNow(LongConsumer nanos) {
            output.measureNow(nanos);
        }

        @Override
        public long leadNanos() {
            return output.leadNanos() + Math.max(0, -offsetNanos);
        }

        @Override
        public long delayNanos() {
            return Math.max(0, offsetNanos);
        }

        @Override
        public void silence() {
            output.silence();
        }
    }
}

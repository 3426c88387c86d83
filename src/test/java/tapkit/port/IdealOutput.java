package tapkit.port;

import java.util.function.LongConsumer;

/** A port for tests: it takes messages as late as one likes, and none takes any time to leave. */
public abstract class IdealOutput implements MidiOutput {
    @Override
    public boolean sendNow(int message, long atNanos) {
        return send(message, atNanos);
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        // There is nothing to measure.
    }

    @Override
    public long leadNanos() {
        return 0;
    }

    @Override
    public void silence() {
        // Nothing sounds.
    }
}

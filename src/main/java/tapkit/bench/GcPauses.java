package tapkit.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordingStream;

/** How often and for how long the collector stops this program's threads, by the JDK's Flight Recorder. */
final class GcPauses implements AutoCloseable {
    /** {@code collector} is the JDK's own name; times are in microseconds. */
    record Result(String collector, long pauses, double longestMicros) {
    }

    private final RecordingStream stream = new RecordingStream();
    private final AtomicLong pauses = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();

    GcPauses() {
        stream.enable("jdk.GCPhasePause").withThreshold(Duration.ZERO);
        stream.onEvent("jdk.GCPhasePause", event -> {
            pauses.incrementAndGet();
            longestNanos.accumulateAndGet(event.getDuration().toNanos(), Math::max);
        });
        stream.startAsync();
    }

    /** Ends counting. */
    Result stop() {
        stream.stop();
        String collector = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
        return new Result(collector, pauses.get(), longestNanos.get() / 1e3);
    }

    @Override
    public void close() {
        stream.close();
    }
}

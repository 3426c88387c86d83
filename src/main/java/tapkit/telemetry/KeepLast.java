package tapkit.telemetry;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;

/**
 * Remembers what was played in the last two minutes, and writes it to a MIDI file when the control {@code keep-last} is pressed: taps and
 * drums, from the bar line before. On a thread of its own, which never keeps the engine waiting.
 */
public final class KeepLast implements AutoCloseable {
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(2);
    /** The longest bar, of 20 bpm. */
    private static final long BAR_NANOS = TimeUnit.SECONDS.toNanos(12);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BEATS_PER_BAR = 4;
    /** Half a sixteenth: a hit may come so much before its bar line. */
    private static final double EARLY_BEATS = 1 / 8.0;

    private final PlayedFeed feed;
    private final Supplier<Path> files;
    private final Consumer<Path> told;
    private final PlayedEvent event = new PlayedEvent();
    private final Deque<PlayedEvent> last = new ArrayDeque<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("tapkit-keep").unstarted(this::run);
    private volatile boolean closed;

    KeepLast(PlayedFeed feed, Supplier<Path> files, Consumer<Path> told) {
        this.feed = feed;
        this.files = files;
        this.told = told;
    }

    /**
     * Starts to remember.
     *
     * @param feed  read by this alone
     * @param files names the next file to write
     * @param told  is told of each file that was written, on this one's thread
     */
    public static KeepLast start(PlayedFeed feed, Supplier<Path> files, Consumer<Path> told) {
        KeepLast keeper = new KeepLast(feed, files, told);
        keeper.thread.start();
        return keeper;
    }

    private void run() {
        while (!closed) {
            turn();
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    /** Takes what was played since the last turn. */
    void turn() {
        while (feed.poll(event)) {
            PlayedEvent copy = new PlayedEvent();
            copy.copyFrom(event);
            last.add(copy);
            if (event.kind == PlayedEvent.Kind.CONTROL && Knob.ALL.get(event.knob).control() == Control.KEEP_LAST) {
                keep(event.atNanos);
            }
        }
        while (!last.isEmpty() && last.getLast().atNanos - last.getFirst().atNanos > KEPT_NANOS + 2 * BAR_NANOS) {
            last.remove();
        }
    }

    /** Events that are remembered. */
    int remembered() {
        return last.size();
    }

    private void keep(long nowNanos) {
        long from = barLine(nowNanos - KEPT_NANOS);
        SessionScore score = null;
        for (PlayedEvent played : last) {
            if (played.atNanos >= from) {
                score = score == null ? new SessionScore(played.bpm) : score;
                score.add(played);
            }
        }
        if (score == null || score.isEmpty()) {
            Logger.info("Nothing was played in the last two minutes, so nothing is kept");
            return;
        }
        try {
            Path file = files.get();
            MidiFile.write(file, score.score());
            told.accept(file);
        } catch (UserError e) {
            Logger.error("The last two minutes are not kept: {}", e.getMessage());
        }
    }

    /** The bar line at or before an instant, less what may sound before it; the instant itself where nothing ran then. */
    private long barLine(long nanos) {
        for (PlayedEvent played : last) {
            if (played.atNanos >= nanos) {
                if (Double.isNaN(played.beat)) {
                    return nanos;
                }
                double beatNanos = 60e9 / played.bpm;
                double beat = played.beat - (played.atNanos - nanos) / beatNanos;
                double line = Math.floor(beat / BEATS_PER_BAR) * BEATS_PER_BAR;
                return nanos - Math.round((beat - line + EARLY_BEATS) * beatNanos);
            }
        }
        return nanos;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turn(); // the foot was on the switch when it ended
    }
}

package tapkit.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.data.GrowingMidiFile;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.data.TrackEncoder;
import tapkit.port.MidiMessage;
import tapkit.telemetry.SessionScore.Entry;

/**
 * Writes everything that is played to a Standard MIDI File, with its tempo, on a thread of its own. The file is whole at any time
 * ({@link GrowingMidiFile}) and never more than a second behind; {@link #close} makes it the {@link SessionScore}, with a track each
 * for taps and drums: so a replay of the session gives the same bytes. Bar lines of the file are bar lines of the music.
 */
public final class SessionRecorder implements AutoCloseable {
    /** Events come a little out of order: drums before they sound, taps after. They are sorted for so long. */
    private static final long HOLD_NANOS = 400_000_000;
    private static final long TURN_NANOS = 250_000_000;
    private static final long NONE = -1;

    private final Path file;
    private final PlayedFeed feed;
    private final TrackEncoder track = new TrackEncoder();
    private final GrowingMidiFile growing;
    private final Thread thread = new Thread(this::run, "tapkit-recorder");
    private final PlayedEvent event = new PlayedEvent();
    private final PriorityQueue<Entry> held = new PriorityQueue<>(
            (a, b) -> a.tick() != b.tick() ? Long.compare(a.tick(), b.tick()) : Long.compare(a.number(), b.number()));
    /** When each sounding note ends, by channel (taps, drums) and note. */
    private final long[] offTicks = new long[2 * 128];
    private final SessionScore played;
    private long lastTick;
    private volatile boolean closing;

    /**
     * Creates the file and starts to record.
     *
     * @param feed read by this recorder alone
     * @param bpm  the tempo at the start
     * @throws UserError if the file cannot be written, or is there already: no recording is ever overwritten
     */
    public static SessionRecorder start(Path file, PlayedFeed feed, double bpm) {
        if (Files.exists(file)) {
            throw new UserError(
                    file + " is there already and is not overwritten; choose another name with --record, or move it away");
        }
        SessionRecorder recorder = new SessionRecorder(file, feed, bpm);
        recorder.thread.setDaemon(true);
        recorder.thread.start();
        return recorder;
    }

    private SessionRecorder(Path file, PlayedFeed feed, double bpm) {
        this.file = file;
        this.feed = feed;
        played = new SessionScore(bpm);
        Arrays.fill(offTicks, NONE);
        track.trackName(0, "tapkit").timeSignature(0, 4, 4).tempo(0, Score.Tempo.ofBpm(0, bpm).microsPerBeat());
        growing = GrowingMidiFile.create(file, SessionScore.TICKS_PER_BEAT, track, 0);
    }

    /** Where it records. */
    public Path file() {
        return file;
    }

    private void run() {
        try {
            while (!closing) {
                turn(System.nanoTime() - HOLD_NANOS);
                LockSupport.parkNanos(TURN_NANOS);
            }
        } catch (UserError e) {
            Logger.error("The recording stops: {}", e.getMessage());
        }
    }

    /** Takes what was played and writes all of it up to an instant. */
    private void turn(long untilNanos) {
        while (feed.poll(event)) {
            take();
        }
        while (!held.isEmpty() && held.peek().atNanos() <= untilNanos) {
            write(held.poll());
        }
        growing.flush(lastTick);
    }

    private void take() {
        Entry entry = played.place(event);
        if (entry != null) {
            held.add(entry);
        } else if (event.kind == PlayedEvent.Kind.SILENCE) {
            held.removeIf(waiting -> waiting.isTakenBackBy(event));
        }
    }

    private void write(Entry entry) {
        long tick = Math.max(entry.tick(), lastTick);
        endNotes(tick);
        if (entry.kind() == PlayedEvent.Kind.TEMPO) {
            track.tempo(tick, Score.Tempo.ofBpm(tick, entry.bpm()).microsPerBeat());
        } else if (entry.kind() == PlayedEvent.Kind.PEDAL) {
            track.message(tick, entry.message());
        } else {
            int slot = slot(entry.message());
            if (offTicks[slot] != NONE) {
                track.message(tick, off(slot));
            }
            track.message(tick, entry.message());
            offTicks[slot] = tick + SessionScore.NOTE_TICKS;
        }
        lastTick = tick;
    }

    /** Writes the note-offs that are due until a tick, in their order. */
    private void endNotes(long untilTick) {
        while (true) {
            int first = -1;
            for (int slot = 0; slot < offTicks.length; slot++) {
                if (offTicks[slot] != NONE && offTicks[slot] <= untilTick && (first < 0 || offTicks[slot] < offTicks[first])) {
                    first = slot;
                }
            }
            if (first < 0) {
                return;
            }
            track.message(offTicks[first], off(first));
            lastTick = offTicks[first];
            offTicks[first] = NONE;
        }
    }

    private static int slot(int message) {
        return (MidiMessage.channel(message) == SessionScore.TAP_CHANNEL ? 0 : 128) + MidiMessage.data1(message);
    }

    private static int off(int slot) {
        return MidiMessage.noteOff(slot < 128 ? SessionScore.TAP_CHANNEL : MidiMessage.DRUM_CHANNEL, slot & 127);
    }

    /** Writes the rest, and gives taps and drums a track each. A recording of nothing is removed. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        turn(Long.MAX_VALUE);
        endNotes(Long.MAX_VALUE);
        growing.flush(lastTick);
        growing.close();
        if (feed.lost() > 0) {
            Logger.warn("The recording lacks {} events that came too fast", feed.lost());
        }
        if (played.isEmpty()) {
            remove();
        } else {
            MidiFile.write(file, played.score());
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Logger.warn("Cannot remove {}: {}", file, e.getMessage());
        }
    }
}

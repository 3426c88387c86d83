package tapkit.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.data.GrowingMidiFile;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.data.TrackEncoder;
import tapkit.port.MidiMessage;

/**
 * Writes everything that is played to a Standard MIDI File, with its tempo, on a thread of its own. The file is whole at any time
 * ({@link GrowingMidiFile}) and never more than a second behind; {@link #close} gives taps and drums a track each. Bar lines of the
 * file are bar lines of the music; the first bar is left free for a count-in. A pause lasts as long as it lasted, up to the next
 * bar line.
 */
public final class SessionRecorder implements AutoCloseable {
    private static final int TICKS_PER_BEAT = 960;
    private static final int BEATS_PER_BAR = 4;
    private static final int TAP_CHANNEL = 0;
    private static final long NOTE_TICKS = TICKS_PER_BEAT / 8;
    /** Events come a little out of order: drums before they sound, taps after. They are sorted for so long. */
    private static final long HOLD_NANOS = 400_000_000;
    private static final long TURN_NANOS = 250_000_000;
    /** A beat this far from where the last ones lead is another run of the clock. */
    private static final double JUMP_BEATS = 1;
    private static final long NONE = -1;

    private record Entry(long tick, long number, long atNanos, PlayedEvent.Kind kind, int message, double bpm) {
    }

    private final Path file;
    private final PlayedFeed feed;
    private final TrackEncoder track = new TrackEncoder();
    private final GrowingMidiFile growing;
    private final Thread thread = new Thread(this::run, "tapkit-recorder");
    private final PlayedEvent event = new PlayedEvent();
    private final PriorityQueue<Entry> held = new PriorityQueue<>(
            (a, b) -> a.tick != b.tick ? Long.compare(a.tick, b.tick) : Long.compare(a.number, b.number));
    /** When each sounding note ends, by channel (taps, drums) and note. */
    private final long[] offTicks = new long[2 * 128];
    private long numbered;
    private long lastTick;
    private boolean any;
    private boolean anchored;
    private long anchorNanos;
    private double anchorFileBeat;
    private double bpm;
    /** What is added to a beat of the music to get the file's. */
    private double shiftBeats;
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
        this.bpm = bpm;
        Arrays.fill(offTicks, NONE);
        track.trackName(0, "tapkit").timeSignature(0, 4, 4).tempo(0, Score.Tempo.ofBpm(0, bpm).microsPerBeat());
        growing = GrowingMidiFile.create(file, TICKS_PER_BEAT, track, 0);
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
        while (!held.isEmpty() && held.peek().atNanos <= untilNanos) {
            write(held.poll());
        }
        growing.flush(lastTick);
    }

    private void take() {
        double beat = fileBeat();
        long tick = Math.max(0, Math.round(beat * TICKS_PER_BEAT));
        switch (event.kind) {
            case TAP -> hold(tick, MidiMessage.noteOn(TAP_CHANNEL, event.note, event.velocity));
            case DRUM -> hold(tick, MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, event.note, event.velocity));
            case TEMPO -> hold(tick, 0);
            case CONTROL -> {
                // nothing that a MIDI file holds
            }
            case SILENCE -> {
                for (Iterator<Entry> entries = held.iterator(); entries.hasNext();) {
                    Entry entry = entries.next();
                    if (entry.kind == PlayedEvent.Kind.DRUM && entry.atNanos > event.atNanos) {
                        entries.remove();
                    }
                }
            }
        }
    }

    private void hold(long tick, int message) {
        held.add(new Entry(tick, numbered++, event.atNanos, event.kind, message, event.bpm));
    }

    /** The file's beat of the event: a straight line within a run of the clock, bar line on bar line between runs. */
    private double fileBeat() {
        double led = anchored ? anchorFileBeat + (event.atNanos - anchorNanos) * bpm / 60e9 : 0;
        double beat = led;
        if (!Double.isNaN(event.beat)) {
            beat = event.beat + shiftBeats;
            if (!anchored || Math.abs(beat - led) > JUMP_BEATS) {
                double room = anchored ? 0 : BEATS_PER_BAR;
                shiftBeats = room + BEATS_PER_BAR * Math.ceil((led - event.beat) / BEATS_PER_BAR);
                beat = event.beat + shiftBeats;
            }
        }
        anchored = true;
        anchorNanos = event.atNanos;
        anchorFileBeat = beat;
        bpm = event.bpm;
        return beat;
    }

    private void write(Entry entry) {
        long tick = Math.max(entry.tick, lastTick);
        endNotes(tick);
        if (entry.kind == PlayedEvent.Kind.TEMPO) {
            track.tempo(tick, Score.Tempo.ofBpm(tick, entry.bpm).microsPerBeat());
        } else {
            int slot = slot(entry.message);
            if (offTicks[slot] != NONE) {
                track.message(tick, off(slot));
            }
            track.message(tick, entry.message);
            offTicks[slot] = tick + NOTE_TICKS;
            any = true;
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
        return (MidiMessage.channel(message) == TAP_CHANNEL ? 0 : 128) + MidiMessage.data1(message);
    }

    private static int off(int slot) {
        return MidiMessage.noteOff(slot < 128 ? TAP_CHANNEL : MidiMessage.DRUM_CHANNEL, slot & 127);
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
        if (any) {
            separate();
        } else {
            remove();
        }
    }

    private void separate() {
        Score score = MidiFile.read(file);
        List<Score.Note> notes = score.notes().stream()
                .map(n -> new Score.Note(n.onTick(), n.offTick(), n.channel() == TAP_CHANNEL ? 1 : 2, n.channel(), n.note(),
                        n.velocity()))
                .toList();
        MidiFile.write(file, new Score(score.ticksPerBeat(), score.tempos(), score.timeSignatures(), notes,
                List.of("tapkit", "taps", "drums")));
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Logger.warn("Cannot remove {}: {}", file, e.getMessage());
        }
    }
}

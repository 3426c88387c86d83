package tapkit.schedule;

import java.util.Arrays;

/**
 * Notes in order of their deadlines: a binary heap in arrays that are there from the start. Each note-on gets its note-off after a
 * fixed length, or just before the next onset of the same note, so that no note-off ends a newer note. Equal deadlines leave in
 * the order in which they were added. A note-off that the sink does not take is offered again. Not thread safe; does not
 * allocate.
 *
 * <p>Late policy: a note-on that is late leaves at once and is counted; one that is later than the limit is dropped and counted.
 */
public final class Schedule {
    /** Takes the messages; false if it could not. */
    public interface Sink {
        boolean noteOn(int note, int velocity, long atNanos);

        boolean noteOff(int note, long atNanos);
    }

    private static final int NOTES = 128;
    /** In the place of a velocity: the end of a note. */
    private static final int OFF = 0;

    private final long noteNanos;
    private final long lateLimitNanos;
    private final long[] atNanos;
    private final long[] order;
    private final int[] notes;
    private final int[] velocities;
    private final int[] generations;
    private int size;
    private long added;
    private final int[] generation = new int[NOTES];
    private final boolean[] sounding = new boolean[NOTES];
    private final long[] endNanos = new long[NOTES];
    private long late;
    private long dropped;
    private long refused;

    /**
     * @param capacity       notes that can wait at a time
     * @param noteNanos      length of a note
     * @param lateLimitNanos lateness from which on a note is not played any more
     */
    public Schedule(int capacity, long noteNanos, long lateLimitNanos) {
        this.noteNanos = noteNanos;
        this.lateLimitNanos = lateLimitNanos;
        // a note that has left frees its own place for its note-off
        atNanos = new long[capacity];
        order = new long[capacity];
        notes = new int[capacity];
        velocities = new int[capacity];
        generations = new int[capacity];
    }

    /** Adds a note; false, and counted as dropped, if there is no room. */
    public boolean add(int note, int velocity, long at) {
        if (size == atNanos.length) {
            dropped++;
            return false;
        }
        push(note, velocity, at, 0);
        return true;
    }

    /** A note has been struck past this schedule; it is ended like those that it strikes itself. */
    public void struck(int note, long at) {
        if (size == atNanos.length) {
            dropped++;
            return;
        }
        begin(note, sounding[note] ? Math.max(at + noteNanos, endNanos[note]) : at + noteNanos);
    }

    /** Hands over everything that is due until {@code now + lead}, in order. */
    public void run(long nowNanos, long leadNanos, Sink sink) {
        while (size > 0 && atNanos[0] - nowNanos <= leadNanos) {
            int note = notes[0];
            int velocity = velocities[0];
            long at = atNanos[0];
            int ofGeneration = generations[0];
            pop();
            if (velocity == OFF) {
                if (sounding[note] && generation[note] == ofGeneration && !end(note, at, sink)) {
                    push(note, OFF, nowNanos + leadNanos + noteNanos, ofGeneration);
                }
            } else {
                strike(note, velocity, at, nowNanos, sink);
            }
        }
    }

    /** Forgets everything that waits and what sounds: for when the port was silenced. */
    public void clear() {
        size = 0;
        Arrays.fill(sounding, false);
    }

    /** Note-ons that left after their time. */
    public long late() {
        return late;
    }

    /** Note-ons that were not played: too late, or no room. */
    public long dropped() {
        return dropped;
    }

    /** Messages that the sink did not take. */
    public long refused() {
        return refused;
    }

    private void strike(int note, int velocity, long at, long nowNanos, Sink sink) {
        long lateness = nowNanos - at;
        if (lateness > lateLimitNanos) {
            dropped++;
            return;
        }
        if (lateness > 0) {
            late++;
        }
        if (sounding[note]) {
            end(note, at - 1, sink);
        }
        if (!sink.noteOn(note, velocity, at)) {
            refused++;
            return;
        }
        begin(note, Math.max(at, nowNanos) + noteNanos);
    }

    private void begin(int note, long end) {
        sounding[note] = true;
        generation[note]++;
        endNanos[note] = end;
        push(note, OFF, end, generation[note]);
    }

    private boolean end(int note, long at, Sink sink) {
        if (!sink.noteOff(note, at)) {
            refused++;
            return false;
        }
        sounding[note] = false;
        return true;
    }

    private void push(int note, int velocity, long at, int ofGeneration) {
        int i = size++;
        long number = added++;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(at, number, parent)) {
                break;
            }
            copy(parent, i);
            i = parent;
        }
        put(i, note, velocity, at, number, ofGeneration);
    }

    private void pop() {
        size--;
        int note = notes[size];
        int velocity = velocities[size];
        long at = atNanos[size];
        long number = order[size];
        int ofGeneration = generations[size];
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(atNanos[child + 1], order[child + 1], child)) {
                child++;
            }
            if (before(at, number, child)) {
                break;
            }
            copy(child, i);
            i = child;
        }
        put(i, note, velocity, at, number, ofGeneration);
    }

    private boolean before(long at, long number, int i) {
        return at != atNanos[i] ? at - atNanos[i] < 0 : number < order[i];
    }

    private void copy(int from, int to) {
        put(to, notes[from], velocities[from], atNanos[from], order[from], generations[from]);
    }

    private void put(int i, int note, int velocity, long at, long number, int ofGeneration) {
        notes[i] = note;
        velocities[i] = velocity;
        atNanos[i] = at;
        order[i] = number;
        generations[i] = ofGeneration;
    }
}

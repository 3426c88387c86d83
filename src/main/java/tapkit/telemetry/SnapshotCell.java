package tapkit.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands the state of the engine from its one thread to any others: a sequence lock. The writer never waits and does not allocate;
 * a reader tries again while the writer is at it. The position is read off at the reader's own instant.
 */
public final class SnapshotCell {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(SnapshotCell.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Written by the engine's thread alone; public so that it can fill them between begin and end.
    public boolean running;
    public boolean locked;
    public double bpm;
    /** An instant and its beat; only the tempo leads from there to others. */
    public long atNanos;
    public double beat;
    public long taps;
    public long hits;
    public long answered;
    public long skipped;
    public long lateHits;
    public long lostEvents;
    public double inferenceMicros;
    public double temperature;
    public EngineSnapshot.Recording recording = EngineSnapshot.Recording.NONE;
    public int mode;
    public int part;

    private final String clock;
    private long version;

    /** @param clock name of the clock: internal, midi or tap */
    public SnapshotCell(String clock) {
        this.clock = clock;
    }

    /** The writer begins to change the fields. */
    public void begin() {
        VERSION.setOpaque(this, version + 1);
        VarHandle.storeStoreFence();
    }

    /** The writer is done. */
    public void end() {
        VERSION.setRelease(this, version + 1);
    }

    /** The state at an instant. Any thread. */
    public EngineSnapshot read(long nowNanos) {
        while (true) {
            long before = (long) VERSION.getAcquire(this);
            double beatNow = running ? beat + (nowNanos - atNanos) * bpm / 60e9 : 0;
            EngineSnapshot snapshot = new EngineSnapshot(nowNanos, running, clock, locked, bpm, beatNow, taps, hits, answered,
                    skipped, lateHits, lostEvents, inferenceMicros, temperature, recording, mode, part);
            VarHandle.acquireFence();
            if ((before & 1) == 0 && before == (long) VERSION.getOpaque(this)) {
                return snapshot;
            }
            Thread.onSpinWait();
        }
    }
}

package tapkit.clock;

/**
 * Tempo from presses: the mean interval of the last ones. A pause begins anew, and so does an interval that does not fit the others;
 * but that is a tempo only when the next one confirms it, for it may have been a breath. Not thread safe.
 */
public final class TapTempo {
    /** Slowest tempo that presses mean, in quarter notes a minute. */
    public static final double MIN_BPM = 40;
    /** Fastest tempo that presses mean, in quarter notes a minute. */
    public static final double MAX_BPM = 240;

    private static final int MOST = 8;
    private static final long LONGEST = Math.round(60e9 / MIN_BPM);
    private static final long SHORTEST = Math.round(60e9 / MAX_BPM);
    /** An interval this much shorter or longer than the mean is a new tempo, not a wobble. */
    private static final double WOBBLE = 0.3;

    private final long[] presses = new long[MOST];
    private int count;
    private boolean doubtful;

    /** Forgets all presses. */
    public void clear() {
        count = 0;
        doubtful = false;
    }

    /** Presses that fit together so far. */
    public int count() {
        return count;
    }

    /** Takes a press. One that follows faster than {@link #MAX_BPM} is a bounce and is not counted. */
    public void press(long atNanos) {
        if (count > 0) {
            long interval = atNanos - presses[count - 1];
            if (interval < SHORTEST * 0.98) {
                return;
            }
            doubtful = false;
            if (interval > LONGEST * 1.02) {
                count = 0;
            } else if (count > 1 && Math.abs(interval / meanInterval() - 1) > WOBBLE) {
                presses[0] = presses[count - 1];
                count = 1;
                doubtful = true;
            }
        }
        if (count == MOST) {
            System.arraycopy(presses, 1, presses, 0, MOST - 1);
            count--;
        }
        presses[count++] = atNanos;
    }

    /** Quarter notes a minute in [{@link #MIN_BPM}, {@link #MAX_BPM}]; 0 while fewer than two presses fit together, or in doubt. */
    public double bpm() {
        return count < 2 || doubtful ? 0 : Math.clamp(60e9 / meanInterval(), MIN_BPM, MAX_BPM);
    }

    /** When the next press would come; only with two presses or more. */
    public long nextNanos() {
        return presses[count - 1] + Math.round(meanInterval());
    }

    private double meanInterval() {
        return (double) (presses[count - 1] - presses[0]) / (count - 1);
    }
}

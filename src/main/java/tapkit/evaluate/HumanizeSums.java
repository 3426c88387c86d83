package tapkit.evaluate;

/**
 * Sums over notes, {@link #COLUMNS} for each of the four places in a beat (step mod 4). They may be added, so metrics of any choice
 * of notes follow from the sums of its parts.
 */
final class HumanizeSums {
    static final int GROUPS = 4;

    static final int COUNT = 0;
    static final int MILLIS = 1;
    static final int SQUARED_STEPS = 2;
    static final int VELOCITY_DISTANCE = 3;
    static final int SQUARED_VELOCITY = 4;
    /** These four: a sum, and after it the sum of squares. */
    static final int OFFSET = 5;
    static final int VELOCITY = 7;
    static final int PLAYED_OFFSET = 9;
    static final int PLAYED_VELOCITY = 11;
    static final int COLUMNS = 13;

    private HumanizeSums() {
    }

    /** What one note adds. */
    static double[] of(double offset, double velocity, double playedOffset, double playedVelocity, double stepMillis) {
        double late = playedOffset - offset;
        double louder = playedVelocity - velocity;
        return new double[]{1, Math.abs(late) * stepMillis, late * late, Math.abs(louder), louder * louder, offset,
                offset * offset, velocity, velocity * velocity, playedOffset, playedOffset * playedOffset, playedVelocity,
                playedVelocity * playedVelocity};
    }

    /** Of all groups. */
    static double sum(double[] sums, int column) {
        double sum = 0;
        for (int group = 0; group < GROUPS; group++) {
            sum += sums[group * COLUMNS + column];
        }
        return sum;
    }

    static double mean(double[] sums, int column) {
        return sum(sums, column) / sum(sums, COUNT);
    }

    /** Mean over the groups that have enough notes; NaN if none has. */
    static double divergence(double[] sums, int from, int to) {
        double sum = 0;
        int groups = 0;
        for (int at = 0; at < GROUPS * COLUMNS; at += COLUMNS) {
            double n = sums[at + COUNT];
            double divergence = Statistics.divergence(n, sums[at + from], sums[at + from + 1], n, sums[at + to],
                    sums[at + to + 1]);
            if (!Double.isNaN(divergence)) {
                sum += divergence;
                groups++;
            }
        }
        return sum / groups;
    }
}

package tapkit.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import tapkit.evaluate.Tap2DrumMetrics.Distribution;
import tapkit.evaluate.Tap2DrumMetrics.Matched;
import tapkit.evaluate.Tap2DrumMetrics.Onset;
import tapkit.evaluate.Tap2DrumMetrics.Pair;

/**
 * How the part of one voice compares with the one that was played. Pairs hold the truth first, then the answer. Null where there is
 * nothing to measure.
 *
 * @param windows      windows of two bars
 * @param notesTrue    note cells of the voice in the truth
 * @param notesPred    note cells of it in the answers
 * @param onset        agreement of note cells
 * @param density      hits per bar
 * @param presence     whether the voice plays in a window at all
 * @param matched      errors at cells that are notes in both
 * @param posJs        Jensen-Shannon divergence (bits) of the hits by step in the bar
 * @param distribution timing and velocity as distributions, notes not paired; null without answers
 * @param rideConflict share of hits at steps where the ride is struck too (of the ride itself: all)
 * @param f1           F1 of the onsets with its interval over files, for comparisons
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InfillMetrics(int windows, long notesTrue, long notesPred, Onset onset, Density density, Presence presence,
        Matched matched, double posJs, Distribution distribution, Pair rideConflict, @JsonIgnore Estimate f1) {
    /** Hits per bar: mean, mean difference window by window, correlation, earth mover's distance. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Density(Pair mean, double mae, double corr, double w1) {
    }

    /**
     * Agreement about whether the voice plays in a window.
     *
     * @param trueRate   share of windows in which it does
     * @param falseAlarm share of the other windows in which it was added
     * @param missed     share of its windows in which it was not
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Presence(double accuracy, double trueRate, Double falseAlarm, Double missed) {
    }
}

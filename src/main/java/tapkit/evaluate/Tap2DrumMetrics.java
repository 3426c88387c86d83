package tapkit.evaluate;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * How drums that answer taps compare with what was played. Pairs hold the truth first, then the answer. Agreement with one true
 * answer of many is a floor, not the whole of quality. Null where there is nothing to measure.
 *
 * @param windows                    windows of two bars
 * @param notesTrue                  note cells of the truth
 * @param notesPred                  note cells of the answers
 * @param onset                      agreement of note cells
 * @param voiceF1                    F1 of each voice
 * @param macroF1                    mean of {@code voiceF1}
 * @param tapCoverage                share of taps that are answered by at least one hit in the same sixteenth
 * @param spuriousSteps              share of answered steps at which there was no tap
 * @param hitsPerActiveStep          hits in a step that has any
 * @param polyphonyJs                Jensen-Shannon divergence (bits) of the histograms of hits in an active step
 * @param tapOffsetMaeMs             mean distance of the loudest hit from its tap
 * @param matched                    errors at cells that are notes in both
 * @param matchedVelocityMaeConstant velocity error there of always answering the median velocity of the truth
 * @param densityMean                hits per bar
 * @param densityMae                 mean difference of hits per bar, window by window
 * @param densityW1                  earth mover's distance of hits per bar
 * @param voiceShare                 share of each voice among all hits
 * @param voiceJs                    divergence (bits) of these shares
 * @param voicePosJs                 divergence (bits) of hits by voice and step in the bar
 * @param syncMean                   syncopation a bar of kick and snare
 * @param syncW1                     earth mover's distance of it
 * @param distribution               timing and velocity as distributions, notes not paired
 * @param novelty                    distance from the training data; null if it was not asked for
 * @param distinct                   share of different patterns among the windows
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Tap2DrumMetrics(int windows, long notesTrue, long notesPred, Onset onset, Map<String, Double> voiceF1,
        double macroF1, double tapCoverage, double spuriousSteps, Pair hitsPerActiveStep, double polyphonyJs,
        Double tapOffsetMaeMs, Matched matched, Double matchedVelocityMaeConstant, Pair densityMean, double densityMae,
        double densityW1, Map<String, Pair> voiceShare, double voiceJs, double voicePosJs, Pair syncMean, double syncW1,
        Distribution distribution, Novelty novelty, Pair distinct) {
    /** Agreement of note cells, with the 95 % interval of F1 from resampled files. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Onset(double precision, double recall, double f1, Interval f1FileCi) {
    }

    /** Errors at cells that are notes in truth and answer; offsets in steps unless they say ms, velocities / 127. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Matched(long n, Double offsetMaeMs, Double offsetMse, Double velocityMae) {
    }

    /** KL(truth ‖ answer) in nats of Gaussians by step mod 4, the mean of the four. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Distribution(Double timingKl, Double velocityKl) {
    }

    /** Hamming distance to the nearest training window, and the share of exact copies. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Novelty(double nnHammingMedian, double copies, double trueNnHammingMedian, double trueCopies, double nnW1) {
    }

    /** The truth's value and the answer's. */
    public record Pair(double truth, double answer) {
        @JsonValue
        double[] values() {
            return new double[]{truth, answer};
        }
    }

    /** A confidence interval. */
    public record Interval(double low, double high) {
        @JsonValue
        double[] values() {
            return new double[]{low, high};
        }
    }
}

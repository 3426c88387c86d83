package tapkit.bench.inference;

import tapkit.model.InferenceEngine;
import tapkit.model.InferenceWork;

/**
 * What one workload took.
 *
 * @param readMillis     median of reading what it reads
 * @param multiplyMillis median of its multiply-adds alone
 */
public record InferenceFigures(String network, InferenceEngine engine, InferenceWork work, long inferences, double p50Millis,
        double p99Millis, double readMillis, double multiplyMillis) {
    /** The floor: what the machine cannot do faster. */
    public double floorMillis() {
        return Math.max(readMillis, multiplyMillis);
    }

    public double overFloor() {
        return p50Millis / floorMillis();
    }
}

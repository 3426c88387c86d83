package tapkit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tapkit.model.Calibration;
import tapkit.train.HumanizeReadings.Hit;

/**
 * Finds how far a network's readings are to be stretched about their mean, for each step of the beat: as little as leaves the
 * divergence from the drummers small, where it costs the least error.
 */
final class HumanizeTuning {
    private static final int GROUPS = Calibration.GROUPS;
    private static final double LEAST_STRETCH = 0.8;
    private static final double STRETCH_STEP = 0.01;
    private static final int STRETCHES = 221;
    private static final double VELOCITY_STEP = 0.02;
    private static final int VELOCITY_STRETCHES = 75;
    /** What divergence is worth beside error, from nothing to everything. */
    private static final double[] PRICES = prices();
    /** Errors that are worth one: what is to be reached. */
    private static final double SQUARED_UNIT = 0.0305;
    private static final double MILLIS_UNIT = 18.4;

    private final List<Hit> hits;
    private final double[] timing = new double[GROUPS];
    private final double[] velocity = new double[GROUPS];

    HumanizeTuning(List<Hit> hits) {
        this.hits = hits;
        for (int group = 0; group < GROUPS; group++) {
            timing[group] = group(group).stream().mapToDouble(Hit::readOffset).average().orElse(0);
            velocity[group] = group(group).stream().mapToDouble(Hit::readVelocity).average().orElse(0);
        }
    }

    private List<Hit> group(int group) {
        return hits.stream().filter(hit -> hit.group() == group).toList();
    }

    /** The stretches with the least error of those that keep the limits. */
    Calibration search(HumanizeRecipe.Calibration limits) {
        Curve[] curves = new Curve[GROUPS];
        Arrays.setAll(curves, group -> timingCurve(group, group(group)));
        double[] spread = null;
        for (int i = 0; i < PRICES.length && spread == null; i++) {
            double price = PRICES[i];
            double[] choice = Arrays.stream(curves).mapToDouble(curve -> Curve.stretch(curve.best(0, price))).toArray();
            double divergence = Arrays.stream(curves).mapToDouble(curve -> curve.divergence[curve.best(0, price)]).sum()
                    / GROUPS;
            if (divergence <= limits.timingKl() || i == PRICES.length - 1) {
                spread = choice;
            }
        }
        double[] exact = Arrays.stream(curves).mapToDouble(curve -> Curve.stretch(curve.best(1, 0))).toArray();
        double velocitySpread = velocitySpread(limits.velocityKl());
        double error = Math.sqrt(
                hits.stream().mapToDouble(hit -> square(hit.readVelocity() - hit.velocity())).average().orElse(0));
        return new Calibration(list(timing), list(spread), list(exact), list(velocity),
                Collections.nCopies(GROUPS, velocitySpread), error);
    }

    /** The paper's four columns and the velocities' error, after stretching. */
    Map<String, Double> figures(Calibration calibration, boolean exact) {
        double squares = 0;
        double millis = 0;
        double louder = 0;
        List<Moments> timings = moments();
        List<Moments> velocities = moments();
        for (Hit hit : hits) {
            double stretch = (exact ? calibration.timingExact() : calibration.timingSpread()).get(hit.group());
            double offset = clip(timing[hit.group()] + stretch * (hit.readOffset() - timing[hit.group()]));
            double loud = exact ? hit.readVelocity() : loud(hit, calibration.velocitySpread().get(hit.group()));
            squares += square(offset - hit.offset());
            millis += Math.abs(offset - hit.offset()) * hit.stepMillis();
            louder += Math.abs(loud - hit.velocity());
            timings.get(hit.group()).add(hit.offset(), offset);
            velocities.get(hit.group()).add(hit.velocity(), loud);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("MAE ms", millis / hits.size());
        figures.put("MSE", squares / hits.size());
        figures.put("timing KL", timings.stream().mapToDouble(Moments::divergence).sum() / GROUPS);
        figures.put("velocity KL", velocities.stream().mapToDouble(Moments::divergence).sum() / GROUPS);
        figures.put("velocity MAE", louder / hits.size());
        return figures;
    }

    /** Both timing columns together, in units of what is to be reached: less is better. */
    static double cost(Map<String, Double> figures) {
        return figures.get("MSE") / SQUARED_UNIT + figures.get("MAE ms") / MILLIS_UNIT;
    }

    /** Error and divergence of one step of the beat as a function of the stretch; errors are shares of all hits'. */
    private static final class Curve {
        private final double[] squares = new double[STRETCHES];
        private final double[] millis = new double[STRETCHES];
        private final double[] divergence = new double[STRETCHES];

        static double stretch(int index) {
            return LEAST_STRETCH + index * STRETCH_STEP;
        }

        int best(double millisWeight, double price) {
            int best = 0;
            for (int i = 1; i < STRETCHES; i++) {
                best = cost(i, millisWeight, price) < cost(best, millisWeight, price) ? i : best;
            }
            return best;
        }

        private double cost(int i, double millisWeight, double price) {
            return squares[i] / SQUARED_UNIT + millisWeight * millis[i] / MILLIS_UNIT + price * divergence[i] / GROUPS;
        }
    }

    private Curve timingCurve(int group, List<Hit> mine) {
        Curve curve = new Curve();
        for (int i = 0; i < STRETCHES; i++) {
            Moments moments = new Moments();
            for (Hit hit : mine) {
                double offset = clip(timing[group] + Curve.stretch(i) * (hit.readOffset() - timing[group]));
                curve.squares[i] += square(offset - hit.offset()) / hits.size();
                curve.millis[i] += Math.abs(offset - hit.offset()) * hit.stepMillis() / hits.size();
                moments.add(hit.offset(), offset);
            }
            curve.divergence[i] = moments.divergence();
        }
        return curve;
    }

    private double velocitySpread(double limit) {
        double stretch = 1;
        for (int i = 0; i < VELOCITY_STRETCHES; i++) {
            stretch = 1 + i * VELOCITY_STEP;
            List<Moments> groups = moments();
            for (Hit hit : hits) {
                groups.get(hit.group()).add(hit.velocity(), loud(hit, stretch));
            }
            if (groups.stream().mapToDouble(Moments::divergence).sum() / GROUPS <= limit) {
                break;
            }
        }
        return stretch;
    }

    private double loud(Hit hit, double stretch) {
        return Math.clamp(velocity[hit.group()] + stretch * (hit.readVelocity() - velocity[hit.group()]), 0, 1);
    }

    /** Gaussians of what drummers did and of what is played. */
    private static final class Moments {
        private int n;
        private double truth;
        private double truthSquares;
        private double played;
        private double playedSquares;

        void add(double real, double ours) {
            n++;
            truth += real;
            truthSquares += real * real;
            played += ours;
            playedSquares += ours * ours;
        }

        /** KL(truth ‖ played) in nats; 0 where there is nothing. */
        double divergence() {
            if (n < 2) {
                return 0;
            }
            double variance = Math.max(truthSquares / n - square(truth / n), 1e-12);
            double ours = Math.max(playedSquares / n - square(played / n), 1e-12);
            return 0.5 * (Math.log(ours / variance) + (variance + square(truth / n - played / n)) / ours - 1);
        }
    }

    private static List<Moments> moments() {
        List<Moments> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.add(new Moments());
        }
        return groups;
    }

    private static double[] prices() {
        double[] prices = new double[4000];
        Arrays.setAll(prices, i -> Math.exp(-9 + 11.0 * i / (prices.length - 1)));
        return prices;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double clip(double offset) {
        return Math.clamp(offset, -0.5, 0.4999);
    }

    private static double square(double x) {
        return x * x;
    }
}

package tapkit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import tapkit.clock.MidiClockFollower;

/**
 * How closely tapkit follows a MIDI clock: the follower itself is given the ticks of a sender whose beat is known, disturbed on
 * their way, with 24 seeds for each case. What is measured is the distance between its beat and the sender's at each tick.
 */
public final class ClockBench {
    private static final int TICKS_PER_BEAT = 24;
    /** Where a sender begins, so that no time is near 0. */
    private static final double BEGIN_NANOS = 5e9;
    private static final double SETTLED_MILLIS = 1;

    private final int seeds;

    /** @param seeds runs of each case, with the seeds 1, 2, and so on */
    public ClockBench(int seeds) {
        this.seeds = seeds;
    }

    /** What happens to a tick on its way, in milliseconds later than it was sent. */
    private interface Way {
        double delayMillis(Random random);
    }

    private static final Way EXACT = random -> 0;
    private static final Way MILLISECOND = Random::nextGaussian;
    private static final Way WITHIN_THREE = random -> random.nextDouble() * 6 - 3;

    /**
     * A sender and a way.
     *
     * @param bpm      of each beat
     * @param beats    how long it lasts
     * @param from     the first beat that counts
     * @param lostFrom beat from which ticks are lost
     * @param lostTo   beat from which they come again
     * @param twice    whether each tick comes again a moment later, as over a second cable
     */
    private record Case(String name, DoubleUnaryOperator bpm, Way way, int beats, int from, double lostFrom, double lostTo,
            boolean twice) {
        Case(String name, DoubleUnaryOperator bpm, Way way, int beats, int from) {
            this(name, bpm, way, beats, from, 0, 0, false);
        }
    }

    /**
     * Of one case, over all seeds.
     *
     * @param rmsMillis      root mean square of the error, over all runs
     * @param worstRmsMillis of the worst run
     * @param peakMillis     the largest error at any tick
     * @param settledBeats   beats after the first that counts until the error stays below a millisecond, in the worst run; only
     *                       where something changes there
     * @param ticksOff       how far the worst run's bar line is from the sender's at the end, in ticks
     */
    public record Row(String name, double rmsMillis, double worstRmsMillis, double peakMillis, double settledBeats,
            int ticksOff) {
    }

    /** Measures all cases. The same seeds give the same figures. */
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        for (Case one : cases()) {
            rows.add(measure(one));
        }
        return rows;
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int bpm : new int[]{60, 90, 120, 160, 200}) {
            cases.add(new Case("steady, " + bpm + " bpm, 1 ms rms", beat -> bpm, MILLISECOND, 128, 20));
        }
        cases.add(new Case("steady, 120 bpm, exact", beat -> 120, EXACT, 128, 20));
        cases.add(new Case("steady, 120 bpm, ± 3 ms", beat -> 120, WITHIN_THREE, 128, 20));
        cases.add(new Case("steady, 200 bpm, ± 3 ms", beat -> 200, WITHIN_THREE, 128, 20));
        cases.add(new Case("beats 2 to 4 after the start, 1 ms rms", beat -> 120, MILLISECOND, 4, 2));
        cases.add(new Case("beats 8 to 16 after the start, 1 ms rms", beat -> 120, MILLISECOND, 16, 8));
        cases.add(new Case("drift 120 to 124 in 64 beats, 1 ms rms", ramp(120, 124, 64), MILLISECOND, 128, 20));
        cases.add(new Case("ramp 120 to 132 in 16 beats, 1 ms rms", ramp(120, 132, 16), MILLISECOND, 96, 32));
        cases.add(new Case("ramp 60 to 200 in 60 beats, 1 ms rms", ramp(60, 200, 60), MILLISECOND, 128, 32));
        cases.add(new Case("ramp 200 to 60 in 60 beats, 1 ms rms", ramp(200, 60, 60), MILLISECOND, 128, 32));
        cases.add(new Case("step 120 to 123, 1 ms rms", step(120, 123), MILLISECOND, 64, 32));
        cases.add(new Case("step 120 to 132, exact", step(120, 132), EXACT, 64, 32));
        cases.add(new Case("step 120 to 132, 1 ms rms", step(120, 132), MILLISECOND, 64, 32));
        cases.add(new Case("step 60 to 200, 1 ms rms", step(60, 200), MILLISECOND, 64, 32));
        cases.add(new Case("step 200 to 60, 1 ms rms", step(200, 60), MILLISECOND, 64, 32));
        cases.add(new Case("tempo doubles, 90 to 180, ± 3 ms", step(90, 180), WITHIN_THREE, 64, 32));
        cases.add(new Case("tempo halves, 180 to 90, ± 3 ms", step(180, 90), WITHIN_THREE, 64, 32));
        cases.add(new Case("three ticks are lost, 1 ms rms", beat -> 120, MILLISECOND, 64, 32, 31.875, 32, false));
        cases.add(new Case("one beat is lost, 1 ms rms", beat -> 120, MILLISECOND, 64, 32, 31, 32, false));
        cases.add(new Case("six beats are lost, 1 ms rms", beat -> 120, MILLISECOND, 64, 38, 32, 38, false));
        cases.add(new Case("every tick twice, 1 ms rms", beat -> 120, MILLISECOND, 128, 20, 0, 0, true));
        return cases;
    }

    /** From beat 32 on. */
    private static DoubleUnaryOperator ramp(double from, double to, double beats) {
        return beat -> from + (to - from) * Math.clamp((beat - 32) / beats, 0, 1);
    }

    /** At beat 32. */
    private static DoubleUnaryOperator step(double from, double to) {
        return beat -> beat < 32 ? from : to;
    }

    private Row measure(Case one) {
        double squares = 0;
        double worst = 0;
        double peak = 0;
        double settled = 0;
        int ticksOff = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            double[] errors = errors(one, new Random(seed));
            double sum = 0;
            for (int i = 0; i < errors.length; i++) {
                sum += errors[i] * errors[i];
                peak = Math.max(peak, Math.abs(errors[i]));
                settled = Math.abs(errors[i]) < SETTLED_MILLIS ? settled : Math.max(settled, (i + 1.0) / TICKS_PER_BEAT);
            }
            squares += sum / errors.length;
            worst = Math.max(worst, Math.sqrt(sum / errors.length));
            double tickMillis = 60e3 / one.bpm.applyAsDouble(one.beats) / TICKS_PER_BEAT;
            ticksOff = Math.max(ticksOff, (int) Math.round(Math.abs(errors[errors.length - 1]) / tickMillis));
        }
        return new Row(one.name, Math.sqrt(squares / seeds), worst, peak, settled, ticksOff);
    }

    /** How far the follower's beat is from the sender's, in milliseconds, at each tick that counts. */
    private static double[] errors(Case one, Random random) {
        MidiClockFollower follower = new MidiClockFollower(100);
        follower.start();
        double[] errors = new double[(one.beats - one.from) * TICKS_PER_BEAT];
        double sentNanos = BEGIN_NANOS;
        long last = 0;
        for (int tick = 0; tick < one.beats * TICKS_PER_BEAT; tick++) {
            double beat = (double) tick / TICKS_PER_BEAT;
            double bpm = one.bpm.applyAsDouble(beat);
            // a cable keeps the order
            long received = Math.max(last + 1, Math.round(sentNanos + one.way.delayMillis(random) * 1e6));
            if (beat < one.lostFrom || beat >= one.lostTo) {
                follower.tick(received);
                last = received;
                if (one.twice) {
                    last = received + Math.round(1e6 * random.nextDouble());
                    follower.tick(last);
                }
            }
            if (beat >= one.from) {
                errors[tick - one.from * TICKS_PER_BEAT] = (follower.beatAt(Math.round(sentNanos)) - beat) * 60e3 / bpm;
            }
            sentNanos += 60e9 / bpm / TICKS_PER_BEAT;
        }
        return errors;
    }
}

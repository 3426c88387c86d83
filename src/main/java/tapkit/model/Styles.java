package tapkit.model;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * Tells a groove's style by where its drums fall: naive Bayes over the cells of a bar. Immutable, so any number of threads may share
 * it; telling does not allocate.
 */
public final class Styles {
    /** No styles are known. */
    static final Styles NONE = new Styles(List.of(), new float[0], new float[0]);

    private static final int CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;
    /** So many bars of all styles together are laid to each: a style of few bars is sure of little. */
    private static final double PRIOR_BARS = 1500;
    /** What a cell counts: cells depend on each other, so that all of them together say less than their number. Chosen on validation. */
    private static final double EVIDENCE = 0.1;
    private static final double LEAST = 0.005;

    private final List<String> names;
    /** How often there is a hit; [styles, cells of a bar] */
    private final float[] usual;
    /** Each style's share of all bars; [styles] */
    private final float[] shares;
    /** Log-likelihood of a bar without hits; [styles] */
    private final double[] empty;

    Styles(List<String> names, float[] shares, float[] usual) {
        if (shares.length != names.size() || usual.length != names.size() * CELLS) {
            throw new IllegalArgumentException(names.size() + " styles with " + usual.length + " cells");
        }
        this.names = List.copyOf(names);
        this.shares = shares;
        this.usual = usual;
        empty = new double[names.size()];
        for (int style = 0; style < empty.length; style++) {
            for (int cell = 0; cell < CELLS; cell++) {
                empty[style] += Math.log(1 - usual[style * CELLS + cell]);
            }
        }
    }

    /** Grooves of a style. */
    public record Example(String style, List<Groove> grooves) {
    }

    /** Learns from two-bar grooves of each style. */
    public static Styles of(List<Example> examples) {
        double[][] hits = new double[examples.size()][CELLS];
        double[] all = new double[CELLS];
        int allBars = 0;
        for (int style = 0; style < hits.length; style++) {
            for (Groove groove : examples.get(style).grooves()) {
                for (int cell = 0; cell < Grid.CELLS; cell++) {
                    hits[style][cell % CELLS] += groove.hits[cell] != 0 ? 1 : 0;
                }
            }
            allBars += Grid.BARS * examples.get(style).grooves().size();
            for (int cell = 0; cell < CELLS; cell++) {
                all[cell] += hits[style][cell];
            }
        }
        float[] shares = new float[hits.length];
        float[] usual = new float[hits.length * CELLS];
        for (int style = 0; style < hits.length; style++) {
            int bars = Grid.BARS * examples.get(style).grooves().size();
            shares[style] = (float) bars / allBars;
            for (int cell = 0; cell < CELLS; cell++) {
                double share = (hits[style][cell] + PRIOR_BARS * all[cell] / allBars) / (bars + PRIOR_BARS);
                usual[style * CELLS + cell] = (float) Math.clamp(share, LEAST, 1 - LEAST);
            }
        }
        return new Styles(examples.stream().map(Example::style).toList(), shares, usual);
    }

    public List<String> names() {
        return names;
    }

    float[] shares() {
        return Arrays.copyOf(shares, shares.length);
    }

    float[] usual() {
        return Arrays.copyOf(usual, usual.length);
    }

    /** The style of a groove of two bars; −1 if none is known. */
    public int of(Groove groove) {
        int best = -1;
        for (int style = 0; style < shares.length; style++) {
            if (best < 0 || logOdds(style, groove) > logOdds(best, groove)) {
                best = style;
            }
        }
        return best;
    }

    /** How likely a groove is of a style, as a logarithm; only the difference to other styles means anything. */
    double logOdds(int style, Groove groove) {
        double sum = Grid.BARS * empty[style];
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                float share = usual[style * CELLS + cell % CELLS];
                sum += Math.log(share / (1 - share));
            }
        }
        return EVIDENCE * sum + Math.log(shares[style]);
    }
}

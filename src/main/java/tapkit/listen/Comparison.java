package tapkit.listen;

/** Who is compared with whom. The win rate is the first one's. */
public enum Comparison {
    /** Taps answered, against the drums that the taps are of. */
    TAP2DRUM_DRUMMER(Player.TAP2DRUM, Player.DRUMMER),
    /** A score humanized, against the performance that it is of. */
    HUMANIZE_DRUMMER(Player.HUMANIZE, Player.DRUMMER),
    /** The same, against the mean of the 20 nearest training scores. */
    HUMANIZE_KNN(Player.HUMANIZE, Player.KNN),
    /** The closed hi-hat replaced, against the real one. */
    INFILL_DRUMMER(Player.INFILL, Player.DRUMMER);

    private final Player first;
    private final Player second;

    Comparison(Player first, Player second) {
        this.first = first;
        this.second = second;
    }

    Player first() {
        return first;
    }

    Player second() {
        return second;
    }

    /** As it stands in files, such as {@code humanize-knn}. */
    public String label() {
        return first.label() + "-" + second.label();
    }
}

package tapkit.listen;

import tapkit.grid.Groove;

/**
 * Two clips of the same two bars.
 *
 * @param comparison  who plays
 * @param take        the take's id
 * @param bar         where the two bars begin
 * @param bpm         tempo of both
 * @param first       played by the comparison's first
 * @param second      played by its second
 * @param firstIsLeft on which side the first is heard
 */
record Pair(Comparison comparison, String take, int bar, double bpm, Groove first, Groove second, boolean firstIsLeft) {
    Groove groove(Side side) {
        return firstIsLeft == (side == Side.LEFT) ? first : second;
    }

    Player player(Side side) {
        return firstIsLeft == (side == Side.LEFT) ? comparison.first() : comparison.second();
    }

    /** Where a clip is on the page. */
    enum Side {
        LEFT,
        RIGHT
    }
}

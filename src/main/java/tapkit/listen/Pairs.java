package tapkit.listen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

/**
 * Draws the pairs of a test: as many of each comparison, in a random order, on random sides, spread over as many takes as there
 * are. A pair whose two clips are the same cell for cell is left out.
 */
final class Pairs {
    /** Fewer hits in two bars tell little. */
    private static final int LEAST_HITS = 12;
    private static final int LEAST_HATS = 4;

    private final EvaluationSet set;
    private final boolean tapVelocity;
    private final Map<Player, Player.Hands> hands = new EnumMap<>(Player.class);

    Pairs(EvaluationSet set, boolean tapVelocity) {
        this.set = set;
        this.tapVelocity = tapVelocity;
    }

    /** The same set, models and seed give the same pairs. */
    List<Pair> draw(List<Comparison> comparisons, int count, long seed) {
        Random random = new Random(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < comparisons.size(); i++) {
            // The first ones get what does not go into equal parts.
            int share = (count + comparisons.size() - 1 - i) / comparisons.size();
            pairs.addAll(draw(comparisons.get(i), share, random));
        }
        Collections.shuffle(pairs, random);
        return pairs;
    }

    private List<Pair> draw(Comparison comparison, int count, Random random) {
        List<Pair> pairs = new ArrayList<>();
        for (Window window : spread(random)) {
            if (pairs.size() == count) {
                return pairs;
            }
            boolean hats = comparison == Comparison.INFILL_DRUMMER;
            if (window.groove().hitCount() >= LEAST_HITS && (!hats || hats(window.groove()) >= LEAST_HATS)) {
                long seed = random.nextLong();
                Groove first = play(comparison.first(), window, seed);
                Groove second = play(comparison.second(), window, seed);
                boolean firstIsLeft = random.nextBoolean();
                if (!same(first, second)) {
                    pairs.add(new Pair(comparison, window.takeId(), window.bar(), window.bpm(), first, second, firstIsLeft));
                }
            }
        }
        if (pairs.size() < count) {
            throw new UserError("the " + set.split() + " split has windows for " + pairs.size() + " pairs of "
                    + comparison.label() + " only, not " + count + "; give a smaller number with --pairs");
        }
        return pairs;
    }

    /** All windows, at random: first one of each take, then a second one, and so on. */
    private List<Window> spread(Random random) {
        List<Window> windows = new ArrayList<>(set.windows(Windowing.ALIGNED));
        Collections.shuffle(windows, random);
        Map<Integer, Integer> seen = new HashMap<>();
        Map<Window, Integer> turn = new HashMap<>();
        windows.forEach(window -> turn.put(window, seen.merge(window.take(), 1, Integer::sum)));
        windows.sort((a, b) -> Integer.compare(turn.get(a), turn.get(b)));
        return windows;
    }

    private Groove play(Player player, Window window, long seed) {
        Groove out = new Groove();
        hands.computeIfAbsent(player, p -> p.open(set, tapVelocity)).play(window, set.pieces().get(window.take()), seed, out);
        return out;
    }

    private static int hats(Groove groove) {
        int hats = 0;
        for (int step = 0; step < Grid.STEPS; step++) {
            hats += groove.isHit(step, Voice.CLOSED_HAT.ordinal()) ? 1 : 0;
        }
        return hats;
    }

    private static boolean same(Groove a, Groove b) {
        return Arrays.equals(a.hits, b.hits) && Arrays.equals(a.offsets, b.offsets)
                && Arrays.equals(a.velocities, b.velocities);
    }
}

package tapkit.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/**
 * A vote of the 20 training windows whose other voices are nearest by Hamming distance (the first of equals): where enough of them
 * play a wanted voice, it is played as they do on average.
 */
final class NearestVote implements Infiller {
    private static final int K = 20;
    /** Least votes by voice, as {@link InfillSearch} finds them. */
    private static final int[] LEAST = {6, 10, 8, 6, 5, 12, 5, 3, 13};

    private final List<Window> training;
    private final int[] least;
    private final Map<Set<Voice>, Patterns> patterns = new HashMap<>();

    NearestVote(List<Window> training) {
        this(training, LEAST);
    }

    NearestVote(List<Window> training, int[] least) {
        this.training = training;
        this.least = least.clone();
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        Patterns known = patterns.computeIfAbsent(Set.copyOf(wanted),
                voices -> new Patterns(training.stream().map(Window::groove).toList(), voices));
        int[] distances = known.distances(new Patterns(List.of(groove), wanted));
        List<Groove> nearest = Patterns.firstLowest(distances, K).mapToObj(i -> training.get(i).groove()).toList();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (wanted.contains(Voice.of(cell % Grid.VOICES))) {
                vote(nearest, cell, groove);
            }
        }
    }

    private void vote(List<Groove> nearest, int cell, Groove groove) {
        int votes = 0;
        double offset = 0;
        double velocity = 0;
        for (Groove other : nearest) {
            votes += other.hits[cell] != 0 ? 1 : 0;
            offset += other.offsets[cell];
            velocity += other.velocities[cell];
        }
        if (votes >= least[cell % Grid.VOICES]) {
            groove.set(cell / Grid.VOICES, cell % Grid.VOICES, (float) (offset / votes), (float) (velocity / votes));
        }
    }
}

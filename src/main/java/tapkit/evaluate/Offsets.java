package tapkit.evaluate;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The offsets of all hits, by place in the beat: on it, and one, two and three sixteenths after it.
 *
 * @param byPlace offsets in steps, positive = late
 */
public record Offsets(List<double[]> byPlace) {
    static Offsets of(List<Groove> grooves) {
        return new Offsets(IntStream.range(0, Grid.STEPS_PER_BEAT)
                .mapToObj(place -> grooves.stream().flatMapToDouble(groove -> offsets(groove, place)).toArray()).toList());
    }

    private static DoubleStream offsets(Groove groove, int place) {
        return IntStream.range(0, Grid.CELLS)
                .filter(cell -> groove.hits[cell] != 0 && cell / Grid.VOICES % Grid.STEPS_PER_BEAT == place)
                .mapToDouble(cell -> groove.offsets[cell]);
    }
}

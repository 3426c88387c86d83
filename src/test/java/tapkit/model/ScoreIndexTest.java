package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

class ScoreIndexTest {
    @Test
    void shouldFindTheNearestByHammingDistanceTheFirstOfEquals() {
        List<Groove> grooves = IntStream.range(0, 300).mapToObj(Seq2SeqKernelTest::groove).toList();
        ScoreIndex nearest = new ScoreIndex(grooves);
        for (int seed = 1000; seed < 1020; seed++) {
            Groove wanted = Seq2SeqKernelTest.groove(seed);
            int[] expected = IntStream.range(0, 300).boxed()
                    .sorted((a, b) -> Integer.compare(distance(grooves.get(a), wanted), distance(grooves.get(b), wanted)))
                    .limit(3).mapToInt(Integer::intValue).toArray();
            assertThat(nearest.find(wanted, 3)).isEqualTo(expected);
        }
        assertThat(nearest.find(grooves.get(17), 1)).containsExactly(17);
        assertThat(new ScoreIndex(grooves.subList(0, 2)).find(grooves.get(1), 3)).containsExactly(1, 0);
    }

    private static int distance(Groove a, Groove b) {
        int distance = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            distance += a.hits[cell] == b.hits[cell] ? 0 : 1;
        }
        return distance;
    }
}

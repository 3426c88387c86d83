package tapkit.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.UserError;
import tapkit.grid.Groove;

class ListeningTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepAnswersAndGoOnAfterACrash() throws IOException {
        Path file = folder.resolve("answers.csv");
        try (Listening listening = open(file, 5)) {
            assertThat(listening.answer(0, Pair.Side.LEFT)).isTrue();
            assertThat(listening.answer(0, Pair.Side.RIGHT)).as("twice").isFalse();
            assertThat(listening.answer(1, Pair.Side.LEFT)).isTrue();
        }
        // The power fails in the middle of a row.
        Files.writeString(file, "2026-01-01T00:00:00Z,5,tap2drum-dr", StandardOpenOption.APPEND);
        try (Listening listening = open(file, 5)) {
            assertThat(listening.next()).isEqualTo(2);
            assertThat(listening.answered()).isEqualTo(2);
            assertThat(listening.answer(2, Pair.Side.RIGHT)).isTrue();
        }
        List<String> rows = Files.readAllLines(file);
        assertThat(rows).hasSize(4).element(0).isEqualTo(Answer.HEADER);
        assertThat(rows.get(1)).endsWith(",5,tap2drum-drummer,take,0,tap2drum,drummer,tap2drum");
        assertThat(rows.get(2)).endsWith(",5,tap2drum-drummer,take,1,drummer,tap2drum,drummer");
        assertThat(rows.get(3)).endsWith(",5,tap2drum-drummer,take,2,tap2drum,drummer,drummer");
        try (Listening other = open(file, 6)) {
            assertThat(other.next()).as("another seed is another test").isZero();
        }
    }

    @Test
    void shouldEndWhenAllIsAnswered() throws InterruptedException {
        Path file = folder.resolve("answers.csv");
        try (Listening listening = open(file, 1)) {
            for (int i = 0; i < listening.total(); i++) {
                listening.answer(i, Pair.Side.LEFT);
            }
            listening.awaitEnd();
            assertThat(listening.answer(listening.total(), Pair.Side.LEFT)).isFalse();
            assertThat(listening.report()).isEqualTo(WinRates.report(file)).contains("tap2drum     drummer")
                    .contains("50.0 %");
        }
    }

    @Test
    void shouldRefuseFilesThatAreNotItsOwn() throws IOException {
        Path file = folder.resolve("answers.csv");
        Files.writeString(file, "a,b\n1,2\n");
        assertThatThrownBy(() -> open(file, 1)).isInstanceOf(UserError.class).hasMessageContaining("no file of answers");
        Files.writeString(file, Answer.HEADER + "\n2026-01-01T00:00:00Z,5,tap2drum-drummer,take,x,drummer,tap2drum,drummer\n");
        assertThatThrownBy(() -> WinRates.report(file)).isInstanceOf(UserError.class).hasMessageContaining("line 2");
        Files.delete(file);
        try (Listening listening = open(file, 1)) {
            assertThat(listening.next()).isZero();
            assertThatThrownBy(() -> open(file, 1)).isInstanceOf(UserError.class).hasMessageContaining("in use");
        }
    }

    /** Figures by Wilson's formula with p and 1 / n, as textbooks have it. */
    @ParameterizedTest
    @CsvSource({"5,10,0.2365931,0.7634069", "0,10,0,0.2775328", "10,10,0.7224672,1", "40,100,0.3094013,0.4979974",
            "1,1,0.2065493,1"})
    void shouldGiveWilsonsInterval(int wins, int answers, double low, double high) {
        WinRate rate = new WinRate(wins, answers);
        assertThat(rate.rate()).isEqualTo((double) wins / answers);
        assertThat(rate.low()).isCloseTo(low, within(1e-6));
        assertThat(rate.high()).isCloseTo(high, within(1e-6));
    }

    /** Four pairs of the same two grooves; the first is on the left in the first and the third. */
    private static Listening open(Path file, long seed) {
        List<Pair> pairs = IntStream.range(0, 4).mapToObj(
                i -> new Pair(Comparison.TAP2DRUM_DRUMMER, "take", i, 120, new Groove(), new Groove(), i % 2 == 0)).toList();
        return new Listening(pairs, seed, AnswerFile.open(file));
    }
}

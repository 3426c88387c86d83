package tapkit.listen;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The outcome of a test, as a table for people. */
public final class WinRates {
    private WinRates() {
    }

    /** The outcome of a file of answers. */
    public static String report(Path answers) {
        return table(AnswerFile.read(answers));
    }

    static String table(List<Answer> answers) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-12s %-12s %9s %7s %9s   %s%n", "", "against", "answers", "chosen", "win rate",
                "95 % (Wilson)"));
        for (Comparison comparison : Comparison.values()) {
            String first = comparison.first().label();
            List<Answer> given = answers.stream().filter(a -> a.comparison().equals(comparison.label())).toList();
            WinRate rate = new WinRate((int) given.stream().filter(a -> a.chosen().equals(first)).count(), given.size());
            out.append(given.isEmpty()
                    ? String.format(Locale.ROOT, "%-12s %-12s %9d%n", first, comparison.second().label(), 0)
                    : String.format(Locale.ROOT, "%-12s %-12s %9d %7d %7.1f %%   %.1f-%.1f %%%n", first,
                            comparison.second().label(), rate.answers(), rate.wins(), 100 * rate.rate(), 100 * rate.low(),
                            100 * rate.high()));
        }
        return out.toString();
    }
}

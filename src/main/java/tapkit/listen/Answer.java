package tapkit.listen;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * One answer of a listener, as it stands in a row of the file. Names as {@link Comparison#label()} and the players' labels.
 *
 * @param seed   of the test
 * @param left   who was heard on the left
 * @param right  who was heard on the right
 * @param chosen who was held for the drummer
 */
record Answer(Instant time, long seed, String comparison, String take, int bar, String left, String right, String chosen) {
    static final String HEADER = "time,seed,comparison,take,bar,left,right,chosen";

    /** Whether this is an answer to this pair in the test of this seed. */
    boolean answers(Pair pair, long testSeed) {
        return seed == testSeed && comparison.equals(pair.comparison().label()) && take.equals(pair.take())
                && bar == pair.bar();
    }

    String csv() {
        return String.join(",", List.of(time.toString(), Long.toString(seed), comparison, take, Integer.toString(bar), left,
                right, chosen));
    }

    static Answer parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != HEADER.split(",", -1).length) {
            throw new IllegalArgumentException(fields.length + " fields, expected " + HEADER);
        }
        if (!fields[7].equals(fields[5]) && !fields[7].equals(fields[6])) {
            throw new IllegalArgumentException("chosen is " + fields[7] + ", which is neither left nor right");
        }
        try {
            return new Answer(Instant.parse(fields[0]), Long.parseLong(fields[1]), fields[2], fields[3],
                    Integer.parseInt(fields[4]), fields[5], fields[6], fields[7]);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + fields[0] + "' is no time", e);
        }
    }
}

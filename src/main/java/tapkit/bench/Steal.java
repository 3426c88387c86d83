package tapkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Time that the host of a virtual machine gave to others: no program in it can be punctual then. Linux only. */
public final class Steal {
    private static final Path STAT = Path.of("/proc/stat");
    /** Of proc(5): user nice system idle iowait irq softirq steal; guest times, behind, are counted in user and nice. */
    private static final int STEAL = 7;

    private final long[] before = read();

    /** Percent of all cores' time since this was made; empty where it cannot be known. */
    public OptionalDouble percent() {
        long[] now = read();
        if (now.length <= STEAL || before.length <= STEAL) {
            return OptionalDouble.empty();
        }
        long total = Arrays.stream(now, 0, STEAL + 1).sum() - Arrays.stream(before, 0, STEAL + 1).sum();
        return OptionalDouble.of(total == 0 ? 0 : 100.0 * (now[STEAL] - before[STEAL]) / total);
    }

    private static long[] read() {
        try {
            String first = Files.readAllLines(STAT).getFirst();
            return Arrays.stream(first.split(" +", -1)).skip(1).mapToLong(Long::parseLong).toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}

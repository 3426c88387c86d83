package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import tapkit.Peers;

class RealTimeTest {
    private static final Path STAT = Path.of("/proc/thread-self/stat");

    /** Real-time priority and policy of the calling thread. */
    private static List<String> scheduling() throws Exception {
        return fields(Files.readString(STAT));
    }

    /** Of a line of a stat file: fields 40 and 41 of proc(5), counted behind the name. */
    private static List<String> fields(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return List.of(fields[37], fields[38]);
    }

    private static <T> T onThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    /** Whether it is granted depends on the user's rights; what the kernel says of the thread must agree. */
    @Test
    void shouldHaveWhatItSaysItHas() throws Exception {
        assumeTrue(Files.exists(STAT), "Linux only");
        assertThat(onThread(RealTimeTest::scheduling)).as("another thread").containsExactly("0", "0");
        List<String> fifo = List.of(Integer.toString(RealTime.OUTPUT), "1");
        onThread(() -> {
            assertThat(RealTime.request(RealTime.OUTPUT) ? fifo : List.of("0", "0")).isEqualTo(scheduling());
            return true;
        });
    }

    /** In a program of its own: this one has tests to run. Its collector has no threads, which would inherit the VM Thread's priority. */
    @Test
    void shouldRaiseEveryThreadButNoOtherProgram() throws Exception {
        assumeTrue(Files.exists(STAT), "Linux only");
        List<String> lines = Peers.run(Map.of(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                RaisedProgram.class.getName());
        int child = lines.indexOf("child");
        assertThat(fields(lines.get(child + 1))).as("the program it starts").containsExactly("0", "0");
        List<String> threads = lines.subList(1, child);
        assertThat(threads).anyMatch(line -> line.contains("(later)"));
        if (lines.getFirst().equals("raised: true")) {
            for (String thread : threads) {
                String priority = thread.contains("(VM Thread)") ? "4" : "1";
                assertThat(fields(thread)).as(thread).containsExactly(priority, "1");
            }
        } else {
            assertThat(threads).allSatisfy(thread -> assertThat(fields(thread)).containsExactly("0", "0"));
        }
    }
}

package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class RealTimeTest {
    private static final Path STAT = Path.of("/proc/thread-self/stat");

    /** Real-time priority and policy of the calling thread: fields 40 and 41 of proc(5), counted behind the name. */
    private static List<String> scheduling() throws Exception {
        String stat = Files.readString(STAT);
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
        List<String> fifo = List.of(Integer.toString(RealTime.PRIORITY), "1");
        onThread(() -> {
            assertThat(RealTime.request() ? fifo : List.of("0", "0")).isEqualTo(scheduling());
            return true;
        });
    }
}

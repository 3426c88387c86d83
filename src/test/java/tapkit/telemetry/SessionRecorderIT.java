package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import tapkit.Peers;
import tapkit.data.MidiFile;

/** Kills a recording JVM, as a crash would, and reads what it left. */
class SessionRecorderIT {
    private static final int TAPS_PER_SECOND = 100;
    private static final long TAP_NANOS = TimeUnit.SECONDS.toNanos(1) / TAPS_PER_SECOND;
    private static final String SAID = "tap ";

    @TempDir
    private Path folder;

    @RepeatedTest(2)
    void shouldLoseAtMostTheLastSecondWhenKilled() throws Exception {
        Path file = folder.resolve("take.mid");
        List<String> said;
        try (Peers.Peer recorder = Peers.start(Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                "-Xshare:auto", Recording.class.getName(), file.toString())) {
            recorder.await(Duration.ofSeconds(60), lines -> lines.size() > 3 * TAPS_PER_SECOND);
            recorder.kill();
            said = recorder.lines();
        }
        int played = (int) said.stream().filter(line -> line.startsWith(SAID)).count();
        byte[] header = Files.readAllBytes(file);

        assertThat(new String(header, 0, 4, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("MThd");
        assertThat(MidiFile.read(file).notes().size()).isBetween(played - TAPS_PER_SECOND, played);
    }

    /** The JVM that is killed: a tap every hundredth of a second, told of and recorded. */
    static final class Recording {
        private Recording() {
        }

        public static void main(String[] args) throws InterruptedException {
            long begin = System.nanoTime();
            AtomicLong told = new AtomicLong();
            long[] next = {0};
            SessionRecorder.start(Path.of(args[0]), new PlayedFeed() {
                @Override
                public boolean poll(PlayedEvent into) {
                    if (next[0] == told.get()) {
                        return false;
                    }
                    long at = begin + next[0] * TAP_NANOS;
                    into.kind = PlayedEvent.Kind.TAP;
                    into.note = 60;
                    into.velocity = 1 + (int) (next[0] % 127);
                    into.atNanos = at;
                    into.beat = (at - begin) * 2e-9;
                    into.bpm = 120;
                    next[0]++;
                    return true;
                }

                @Override
                public long lost() {
                    return 0;
                }
            }, 120);
            while (true) {
                TimeUnit.NANOSECONDS.sleep(begin + told.get() * TAP_NANOS - System.nanoTime());
                System.out.println(SAID + told);
                told.incrementAndGet();
            }
        }
    }
}

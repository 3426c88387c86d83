package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.port.MidiMessage;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;

/**
 * A long evening: {@code tapkit play} as a program of its own, with the JVM options of the launcher, its page open. Hands tap all the
 * time, the tempo is changed every few seconds, and now a pad, now the drum module is pulled and comes back. In the end no note
 * sounds, no tap is lost, and the memory has not grown. {@code -Dtapkit.soak.seconds=1800} makes it a real evening.
 */
class SoakIT {
    private static final int SECONDS = Integer.getInteger("tapkit.soak.seconds", 48);
    /** A port is pulled this often, and stays away for a while. */
    private static final int PULL_SECONDS = Math.min(60, SECONDS / 4);
    private static final int AWAY_SECONDS = 2;
    private static final int TEMPO_SECONDS = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** What a heap may have more at the end, of pages' last messages and the like. */
    private static final double MEMORY_MB = 16;
    /** Pads of the left and the right hand, that strike in turn: two strokes that a busy server delivers at once are no echo. */
    private static final int[] HAND_NOTES = {60, 62};
    private static final int CABLE_NOTE = 61;
    private static final String JACK_HINT = "on Debian: apt install jackd2";

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNoTapLeaveNoNoteAndNotGrow() throws Exception {
        Path take = folder.resolve("take.mid");
        AtomicLong sent = new AtomicLong();
        Random random = new Random(5);
        try (JackServer server = JackServer.start();
                MidiSession hands = new JackBackend(server.name()).open(new PortPlan(List.of(), null, null, false),
                        (message, at) -> {
                        }, (message, at) -> {
                        });
                Pulled cable = new Pulled(() -> cable(server));
                Pulled module = new Pulled(() -> server.dump("module"));
                Peer monitor = server.dump("monitor");
                Peer tapkit = tapkit(server, take);
                PageFeed page = new PageFeed(page(tapkit))) {
            server.connect("tapkit-01:drums out", "monitor:input");
            Thread player = Thread.ofPlatform().daemon().name("hands").start(() -> play(hands, page, sent));

            double heapBefore = Double.NaN;
            double heap = 0;
            long begun = System.nanoTime();
            int pulls = 0;
            System.out.println("second  taps sent  taps heard    hits  answered  skipped  late  lost  heap MB  resident MB");
            for (long second = 1; second <= SECONDS; second++) {
                TimeUnit.NANOSECONDS.sleep(begun + second * 1_000_000_000L - System.nanoTime());
                if (second % TEMPO_SECONDS == 0) {
                    page.say("{\"t\":\"set\",\"c\":\"BPM\",\"v\":" + (60 + random.nextInt(141)) + "}");
                }
                if (second % PULL_SECONDS == 0) {
                    long before = page.taps(CABLE_NOTE);
                    Pulled pulled = pulls++ % 2 == 0 ? cable : module;
                    pulled.pull();
                    assertThat(page.taps(CABLE_NOTE)).as("the cable was there").isPositive();
                    TimeUnit.SECONDS.sleep(AWAY_SECONDS);
                    pulled.plug();
                    if (pulled == cable) {
                        page.awaitTaps(Math.max(before, page.taps(CABLE_NOTE)) + 2, CABLE_NOTE);
                    } else {
                        module.peer.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.contains("note on")));
                    }
                    heap = heapMegabytes(tapkit.process().pid());
                    heapBefore = Double.isNaN(heapBefore) ? heap : heapBefore;
                    JsonNode state = page.state();
                    System.out.printf("%6d  %9d  %10d  %6d  %8d  %7d  %4d  %4d  %7.1f  %11.1f%n", second, sent.get(),
                            page.taps(HAND_NOTES), state.path("hits").asLong(), state.path("answered").asLong(),
                            state.path("skipped").asLong(), state.path("late").asLong(), state.path("lost").asLong(), heap,
                            residentMegabytes(tapkit.process().pid()));
                }
            }
            player.interrupt();
            player.join();
            page.awaitTaps(sent.get(), HAND_NOTES);
            assertThat(tapkit.process().isAlive()).isTrue();
            for (int again = 0; again < 5 && heap >= heapBefore + MEMORY_MB; again++) {
                heap = heapMegabytes(tapkit.process().pid()); // what was made since the collection may have been counted
            }
            tapkit.process().destroy(); // asks, as Ctrl-C does
            assertThat(tapkit.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            List<String> played = monitor.await(PATIENCE, JackServer::isSilenced);
            List<String> there = module.peer.await(PATIENCE, JackServer::isSilenced);
            System.out.println(String.join(System.lineSeparator(), tapkit.lines()));

            assertThat(JackServer.sounding(played)).as("notes that still sound").isEmpty();
            assertThat(JackServer.sounding(there)).as("notes that sound in the module").isEmpty();
            Score score = MidiFile.read(take);
            assertThat(score.notes().stream().filter(note -> note.track() == 1 && note.note() != CABLE_NOTE).count())
                    .as("taps recorded of those sent").isEqualTo(sent.get());
            assertThat(page.taps(HAND_NOTES)).as("taps that the page showed").isEqualTo(sent.get());
            assertThat(page.state().path("lost").asLong()).as("events lost").isZero();
            assertThat(pulls).isGreaterThanOrEqualTo(4);
            assertThat(heap).as("heap in MB").isLessThan(heapBefore + MEMORY_MB);
        }
    }

    /** A peer that is pulled, as a cable is, and plugged in again. */
    private static final class Pulled implements AutoCloseable {
        private interface Plug {
            Peer in() throws InterruptedException;
        }

        private final Plug plug;
        private Peer peer;

        Pulled(Plug plug) throws InterruptedException {
            this.plug = plug;
            peer = plug.in();
        }

        void pull() {
            peer.close();
        }

        void plug() throws InterruptedException {
            peer = plug.in();
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    /** A pad that taps by itself, every 0.4 s. */
    private static Peer cable(JackServer server) throws InterruptedException {
        Peer cable = Peers.start(server.environment(), Peers.require(JACK_HINT, "jack_midiseq").toString(), "cable", "19200",
                "0", Integer.toString(CABLE_NOTE), "1000");
        server.awaitPort("cable:out", cable);
        return cable;
    }

    private Peer tapkit(JackServer server, Path take) {
        boolean shipped = Files.exists(Models.folder().resolve(Models.TAP2DRUM + ".safetensors"));
        Path random = folder.resolve("random.safetensors");
        if (!shipped) {
            RandomModels.save(random, 2, 64, 1);
        }
        return Peers.start(server.environment(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseZGC", "-Xms256m", "-Xmx1g", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "play", "--model",
                shipped ? Models.TAP2DRUM : random.toString(), "--in", "tapkit:drums out", "--in", "cable:out", "--out",
                "module:input", "--web-port", "0", "--seed", "1", "--record", take.toString(), "--journal",
                folder.resolve("sessions").toString());
    }

    /** Where the page is, once all is open. */
    private static URI page(Peer tapkit) throws InterruptedException {
        List<String> lines = tapkit.await(PATIENCE, said -> said.stream().anyMatch(line -> line.startsWith("clock ")));
        return URI
                .create(lines.stream().filter(line -> line.startsWith("page ")).findFirst().orElseThrow().substring(4).strip());
    }

    /** Taps an eighth at a time, at the tempo that the page tells, with a hand's deviations, until it is interrupted. */
    private static void play(MidiSession hands, PageFeed page, AtomicLong sent) {
        Random random = new Random(3);
        try {
            for (int stroke = 0;; stroke++) {
                int note = HAND_NOTES[stroke % 2];
                int velocity = 30 + random.nextInt(90);
                long at = System.nanoTime() + 30_000_000;
                if (hands.drums().send(MidiMessage.noteOn(0, note, velocity), at)) {
                    sent.incrementAndGet();
                }
                hands.drums().send(MidiMessage.noteOff(0, note), at + 50_000_000);
                double eighthMillis = 30_000 / Math.max(60, page.state().path("bpm").asDouble(120));
                TimeUnit.MICROSECONDS.sleep(Math.round(1000 * Math.max(100, eighthMillis + 12 * random.nextGaussian())));
            }
        } catch (InterruptedException e) {
            // the evening is over
        }
    }

    /** What lives in the heap: everything else is collected first. */
    private static double heapMegabytes(long pid) throws InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Peers.run(Map.of(), jcmd, Long.toString(pid), "GC.run");
        String info = String.join(" ", Peers.run(Map.of(), jcmd, Long.toString(pid), "GC.heap_info"));
        Matcher used = Pattern.compile("used (\\d+)M").matcher(info);
        assertThat(used.find()).as(info).isTrue();
        return Double.parseDouble(used.group(1));
    }

    private static double residentMegabytes(long pid) throws Exception {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
}

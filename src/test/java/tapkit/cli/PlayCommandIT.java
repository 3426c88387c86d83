package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.PipeWire;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.model.RandomModels;

/** {@code tapkit play} as users run it: a program of its own, ended by a signal. */
class PlayCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Peer tapkit(Map<String, String> environment, String... arguments) {
        Map<String, String> its = new HashMap<>(environment);
        its.put("XDG_STATE_HOME", folder.resolve("state").toString()); // where sessions are kept
        return Peers.start(its, command(arguments).toArray(String[]::new));
    }

    private List<String> command(String... arguments) {
        Path model = folder.resolve("random.safetensors");
        RandomModels.save(model, 2, 64, 1);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "play", "--model", model.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Test
    void shouldEndWithAllNotesOffAndAWholeRecordingWhenItIsToldToEnd() throws Exception {
        String sequencer = Peers.require("on Debian: apt install jackd2", "jack_midiseq").toString();
        Path take = folder.resolve("take.mid");
        try (JackServer server = JackServer.start();
                Peer dump = server.dump("monitor");
                Peer tapkit = tapkit(server.environment(), "--no-web", "--bpm", "240", "--send-clock", "--record",
                        take.toString());
                Peer clock = server.dump("clock-monitor")) {
            List<String> said = tapkit.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.startsWith("clock ")));
            assertThat(said).anyMatch(l -> l.startsWith("ports ") && l.contains("tapkit:pad in"))
                    .anyMatch(l -> l.startsWith("recording ") && l.contains("take.mid"))
                    .anyMatch(l -> l.startsWith("seed ")).anyMatch(l -> l.startsWith("model ") && l.contains("random"));
            server.connect("tapkit:drums out", "monitor:input");
            server.connect("tapkit:clock out", "clock-monitor:input");
            // one tap a quarter of a second: a beat at 240 bpm
            try (Peer hands = Peers.start(server.environment(), sequencer, "hands", "12000", "0", "60", "1000")) {
                server.awaitPort("hands:out", hands);
                server.connect("hands:out", "tapkit:pad in");
                dump.await(PATIENCE, lines -> lines.stream().filter(l -> l.contains("note on")).count() > 20);
                assertThat(hands.process().isAlive()).isTrue();
            }
            tapkit.process().destroy(); // asks, as Ctrl-C does
            assertThat(tapkit.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            List<String> played = dump.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.contains("b9 7b 00")));

            assertThat(JackServer.sounding(played)).as("notes that still sound").isEmpty();
            // f8 clock, fa start, fc stop
            assertThat(clock.await(PATIENCE, lines -> !lines.isEmpty() && lines.getLast().contains(": fc")))
                    .anyMatch(l -> l.contains(": f8")).anyMatch(l -> l.contains(": fa"));
            Score score = MidiFile.read(take);
            assertThat(score.trackNames()).containsExactly("tapkit", "taps", "drums");
            assertThat(score.notes()).filteredOn(n -> n.track() == 1).hasSizeGreaterThan(4);
            assertThat(score.notes()).filteredOn(n -> n.track() == 2).hasSizeGreaterThan(20);
            assertThat(score.tempos().getFirst().bpm()).isEqualTo(240);
            assertReplaysAs(take);
        }
    }

    /** What a controller switched comes back to it, so that its lamp shows what is on; at the end the lamp goes out. */
    @Test
    void shouldTellAControllerWhatItSwitched() throws Exception {
        String sequencer = Peers.require("on Debian: apt install jackd2", "jack_midiseq").toString();
        Path bindings = folder.resolve("bindings");
        try (JackServer server = JackServer.start();
                Peer lamps = server.dump("lamps");
                Peer button = Peers.start(server.environment(), sequencer, "button", "24000", "0", "60", "1000")) {
            server.awaitPort("button:out", button);
            try (Peer tapkit = tapkit(server.environment(), "--no-web", "--no-record", "--in", "button", "--control-out",
                    "lamps", "--learn", "overdub", "--bindings", bindings.toString())) {
                List<String> said = tapkit.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.startsWith("clock ")));
                assertThat(said).anyMatch(l -> l.startsWith("ports ") && l.contains("control out to lamps:input"));
                lamps.await(PATIENCE, lines -> lines.stream().filter(l -> l.contains(": 90 3c 7f")).count() > 1
                        && lines.stream().filter(l -> l.contains(": 90 3c 00")).count() > 1);
                assertThat(Files.readString(bindings)).contains("overdub");
                assertThat(button.process().isAlive()).isTrue();
                tapkit.process().destroy();
                assertThat(tapkit.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
                lamps.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.contains(": b0 7b 00")));
                assertThat(lamps.lines()).filteredOn(l -> l.contains(" 3c ")).last().asString().containsAnyOf(": 90 3c 00",
                        ": 80 3c 00");
            }
        }
    }

    @Test
    void shouldPlayOnPipeWire() throws Exception {
        Peers.require("on Debian: apt install jackd2", "jack_midiseq");
        try (PipeWire pipeWire = PipeWire.start(folder)) {
            Map<String, String> environment = pipeWire.environment();
            String[] play = pipeWire.command(command("--no-web", "--bpm", "240", "--no-record"));
            try (Peer hands = Peers.start(environment, pipeWire.command("jack_midiseq", "hands", "12000", "0", "60", "1000"));
                    Peer monitor = Peers.start(environment,
                            pipeWire.command("stdbuf", "-oL", "jack_midi_dump", "-a", "monitor"));
                    Peer tapkit = Peers.start(environment, play)) {
                List<String> said = tapkit.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.startsWith("clock ")));
                assertThat(said).anyMatch(l -> l.startsWith("ports ") && l.contains("tapkit:pad in"));
                JackServer.connect(environment, pipeWire.command("jack_connect", "hands:out", "tapkit:pad in"));
                JackServer.connect(environment, pipeWire.command("jack_connect", "tapkit:drums out", "monitor:input"));
                monitor.await(PATIENCE, lines -> lines.stream().filter(l -> l.contains("note on")).count() > 20);
                assertThat(hands.process().isAlive()).isTrue();
                tapkit.process().destroy();
                assertThat(tapkit.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
                List<String> played = monitor.await(PATIENCE, lines -> lines.stream().anyMatch(l -> l.contains("b9 7b 00")));
                assertThat(JackServer.sounding(played)).as("notes that still sound").isEmpty();
            }
        }
    }

    @Test
    void shouldSayInOneLineWhatIsMissing() throws Exception {
        assertFails("there is no folder", "--no-web", "--record", folder.resolve("nowhere").resolve("take.mid").toString());
        assertFails("no MIDI", "--in", "a port that is not there");
    }

    @Test
    void shouldSayThatThereAreNoPorts() throws Exception {
        Assumptions.assumeFalse(Files.exists(Path.of("/dev/snd/seq")), "this machine has the ports of ALSA");
        assertFails("no JACK server is running", "--no-web", "--no-record");
    }

    /** The session is where the system keeps such things, and gives the recording's bytes; the model answers as it did. */
    private void assertReplaysAs(Path take) {
        String journal = "--journal=" + folder.resolve("state").resolve("tapkit").resolve("sessions");
        Path again = folder.resolve("again.mid");

        assertThat(Main.run("replay", journal, "--infer", "-o", again.toString())).isZero();
        assertThat(again).hasSameBinaryContentAs(take);
        assertThat(Main.run("export", journal, "--what", "both", "--per-voice", "-o", again.toString())).isZero();
        assertThat(MidiFile.read(again).notes()).hasSameSizeAs(MidiFile.read(take).notes());
    }

    private void assertFails(String message, String... arguments) throws InterruptedException {
        try (Peer tapkit = tapkit(Map.of("JACK_DEFAULT_SERVER", "tapkit-test-no-such-server", "JACK_NO_START_SERVER", "1"),
                arguments)) {
            assertThat(tapkit.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            List<String> lines = tapkit.await(PATIENCE, l -> l.stream().anyMatch(s -> s.startsWith("tapkit: ")));

            assertThat(tapkit.process().exitValue()).isEqualTo(1);
            assertThat(lines).filteredOn(l -> l.startsWith("tapkit: ")).hasSize(1).first().asString().contains(message);
            assertThat(lines).noneMatch(l -> l.startsWith("\tat "));
        }
    }
}

package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.data.GrooveDataset;
import tapkit.data.MidiFile;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.SessionRecorder;

/**
 * The instrument on a real JACK server: {@code jack_midiseq} plays taps in, {@code jack_midi_dump} writes down the drums, and that
 * is compared with what the engine meant to send. {@code -Dtapkit.play.seconds=300} plays longer; with the environment variable
 * {@code TAPKIT_GROOVE_DATA} the taps are drummers' own, of the validation split.
 */
class JackPlayIT {
    private static final double BPM = 120;
    private static final int SECONDS = Integer.getInteger("tapkit.play.seconds", 20);
    /** The sequence that is looped: long enough to be no loop to the ear, short enough for the peer. */
    private static final int LOOP_BARS = 32;
    private static final double STEP_FRAMES = Grid.stepNanos(BPM) * 1e-9 * JackServer.RATE;
    private static final int TAP_NOTE = 60;
    private static final long TURN_NANOS = 20_000_000;
    /** A machine that stood still for so long may have been late with something. */
    static final long STALL_NANOS = 25_000_000;

    record Hit(int note, int velocity, double frame) {
    }

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerEveryBarWithNoHitLostDoubledOrLate() throws Exception {
        String sequencer = Peers.require("on Debian: apt install jackd2", "jack_midiseq").toString();
        TrainedModel trained = model();
        Path recording = folder.resolve("take.mid");
        Engine engine = new Engine(new EngineSettings(ClockSource.INTERNAL, BPM, 0, 1));
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(new PortPlan(List.of(), null, null, false),
                        engine::pad,
                        engine::clock);
                Peer dump = server.dump("monitor")) {
            PlayedFeed feed = engine.openFeed();
            SessionRecorder recorder = SessionRecorder.start(recording, engine.openFeed(), BPM);
            engine.start(trained.openWarm(InferenceEngine.VECTOR), trained.decoder(), List.of(session.drums()), null);
            server.connect("tapkit:drums out", "monitor:input");

            List<Hit> meant = new ArrayList<>();
            long stalled;
            List<String> sequence = sequence();
            sequence.addAll(0, List.of(sequencer, "hands", Long.toString(Math.round(LOOP_BARS * 16 * STEP_FRAMES))));
            try (Peer hands = Peers.start(server.environment(), sequence.toArray(String[]::new))) {
                server.awaitPort("hands:out", hands);
                server.connect("hands:out", "tapkit:pad in");
                stalled = listen(engine, feed, SECONDS, meant);
                assertThat(hands.process().isAlive()).isTrue();
            }
            EngineSnapshot end = engine.snapshot();
            engine.close();
            meant.addAll(drain(feed));
            List<String> lines = dump.await(Duration.ofSeconds(60), said -> said.stream().anyMatch(JackPlayIT::isAllNotesOff));
            recorder.close();
            PortHealth health = session.health();
            List<Hit> heard = heard(lines);

            assertThat(engine.failure()).isNull();
            assertThat(end.lostEvents()).isZero();
            assertThat(health.dropped()).isZero();
            // bar 0 is tapped, bar 1 on are answered; the last may just have begun
            long bars = (long) Math.floor(end.beat() / 4);
            assertThat(end.answered()).isBetween(bars - end.skipped(), bars + 1);
            assertThat(end.skipped()).isLessThanOrEqualTo(bars / 2);
            assertSame(meant, heard);
            double[] late = lateFrames(meant, heard);
            double worst = Arrays.stream(late).max().orElseThrow();
            System.out.printf(
                    "%d s: %.2f bars, %d answered, %d skipped; taps %d; hits meant %d, heard %d, late by more than a period "
                            + "(%d frames) %d, worst %.1f frames; %s; inference %.2f ms; stood still for %.1f ms%n",
                    SECONDS, end.beat() / 4, end.answered(),
                    end.skipped(), end.taps(), meant.size(), heard.size(), JackServer.PERIOD_FRAMES,
                    Arrays.stream(late).filter(frames -> frames > JackServer.PERIOD_FRAMES).count(), worst, health,
                    end.inferenceMicros() / 1000, stalled / 1e6);
            assertEveryNoteEnds(lines);
            // Periods that were missed have no frames, and a machine that stands still is late.
            if (health.xruns() == 0 && health.late() == 0 && stalled < STALL_NANOS) {
                assertThat(end.skipped()).isZero();
                assertThat(end.lateHits()).isZero();
                assertThat(worst).isLessThanOrEqualTo(JackServer.PERIOD_FRAMES);
            }
            long recorded = MidiFile.read(recording).notes().stream().filter(n -> n.channel() == MidiMessage.DRUM_CHANNEL)
                    .count();
            assertThat(recorded).isCloseTo(heard.size(), within((long) Math.max(0, meant.size() - heard.size())));
        } finally {
            engine.close();
        }
    }

    /** The model that ships, or, where it is not there, one of its size that knows nothing. */
    private TrainedModel model() {
        if (Files.exists(Models.folder().resolve(Models.TAP2DRUM + ".safetensors"))) {
            return Models.load(Models.TAP2DRUM);
        }
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, 2, 128, 1);
        return Models.load(file);
    }

    /** Writes down what is played; returns how late the machine was at worst to let this thread go on, in ns. */
    static long listen(Engine engine, PlayedFeed feed, int seconds, List<Hit> meant) throws InterruptedException {
        long worst = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && engine.failure() == null) {
            meant.addAll(drain(feed));
            long until = System.nanoTime() + TURN_NANOS;
            TimeUnit.NANOSECONDS.sleep(TURN_NANOS);
            worst = Math.max(worst, System.nanoTime() - until);
        }
        return worst;
    }

    /** Drums of the feed; those that a silence took back are left out. */
    static List<Hit> drain(PlayedFeed feed) {
        List<Hit> hits = new ArrayList<>();
        PlayedEvent event = new PlayedEvent();
        while (feed.poll(event)) {
            if (event.kind == PlayedEvent.Kind.DRUM) {
                hits.add(new Hit(event.note, event.velocity, event.atNanos * 1e-9 * JackServer.RATE));
            }
        }
        assertThat(feed.lost()).isZero();
        return hits;
    }

    /** Lines of {@code jack_midi_dump -a}: frame: bytes in hex, then words. */
    static List<Hit> heard(List<String> lines) {
        List<Hit> hits = new ArrayList<>();
        for (String line : lines) {
            int[] bytes = bytes(line);
            if (bytes.length == 3 && bytes[0] == (MidiMessage.NOTE_ON | MidiMessage.DRUM_CHANNEL) && bytes[2] > 0) {
                hits.add(new Hit(bytes[1], bytes[2], Long.parseLong(line.substring(0, line.indexOf(':')).strip())));
            }
        }
        return hits;
    }

    private static int[] bytes(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return new int[0];
        }
        return Arrays.stream(line.substring(colon + 1).strip().split("\\s+")).takeWhile(w -> w.matches("[0-9a-f]{2}"))
                .mapToInt(w -> Integer.parseInt(w, 16)).toArray();
    }

    static boolean isAllNotesOff(String line) {
        int[] bytes = bytes(line);
        return bytes.length == 3 && MidiMessage.kind(bytes[0]) == MidiMessage.CONTROL_CHANGE
                && bytes[1] == MidiMessage.ALL_NOTES_OFF;
    }

    /** What was heard is what was meant, but for the last hits that closing the engine took back. */
    private static void assertSame(List<Hit> meant, List<Hit> heard) {
        assertThat(heard).hasSizeBetween(meant.size() - 2 * Grid.VOICES, meant.size());
        assertThat(heard.size()).isGreaterThan(SECONDS);
        for (int i = 0; i < heard.size(); i++) {
            assertThat(heard.get(i).note()).as("hit %d", i).isEqualTo(meant.get(i).note());
            assertThat(heard.get(i).velocity()).as("hit %d", i).isEqualTo(meant.get(i).velocity());
        }
    }

    static void assertEveryNoteEnds(List<String> lines) {
        int[] sounding = new int[128];
        for (String line : lines) {
            int[] bytes = bytes(line);
            if (bytes.length == 3 && MidiMessage.kind(bytes[0]) == MidiMessage.NOTE_ON && bytes[2] > 0) {
                sounding[bytes[1]]++;
            } else if (bytes.length == 3 && MidiMessage.kind(bytes[0]) == MidiMessage.NOTE_OFF) {
                sounding[bytes[1]] = 0;
            }
        }
        assertThat(sounding).containsOnly(0);
    }

    /**
     * How much later than the others each hit was, in frames. The server's frames and the computer's clock drift apart by a little,
     * and jump where the server missed a period: a hit is late that is late against those before it and those after it.
     */
    private static double[] lateFrames(List<Hit> meant, List<Hit> heard) {
        double[] error = new double[heard.size()];
        for (int i = 0; i < error.length; i++) {
            error[i] = heard.get(i).frame() - meant.get(i).frame();
        }
        double[] late = new double[error.length];
        for (int i = 0; i < error.length; i++) {
            double before = median(error, Math.max(0, i - 12), i + 1);
            double after = median(error, i, Math.min(error.length, i + 13));
            late[i] = error[i] - Math.max(before, after);
        }
        return late;
    }

    private static double median(double[] values, int from, int to) {
        double[] part = Arrays.copyOfRange(values, from, to);
        Arrays.sort(part);
        return part[part.length / 2];
    }

    /** Arguments of {@code jack_midiseq}: start, note and length of each tap, in frames. */
    private static List<String> sequence() {
        List<String> arguments = new ArrayList<>();
        long last = -1;
        for (double step : taps()) {
            long frame = Math.max(last + 1, Math.round(step * STEP_FRAMES));
            last = frame + 1000;
            arguments.addAll(List.of(Long.toString(frame), Integer.toString(TAP_NOTE), "1000"));
        }
        return arguments;
    }

    /** Positions in steps, a tap in every bar. */
    private static List<Double> taps() {
        String data = System.getenv("TAPKIT_GROOVE_DATA");
        return data == null ? patterned() : recorded(Path.of(data));
    }

    private static List<Double> patterned() {
        String[] patterns = {"x...x...x...x...", "x..x..x.x..x..x.", "x.x.x.xxx.x.x.x.", "x...x..x.x..x..."};
        Random random = new Random(7);
        List<Double> taps = new ArrayList<>();
        for (int step = 0; step < LOOP_BARS * 16; step++) {
            if (patterns[step / 64 % patterns.length].charAt(step % 16) == 'x') {
                taps.add(Math.max(0, step + Math.clamp(random.nextGaussian() * 0.12, -0.45, 0.45)));
            }
        }
        return taps;
    }

    private static List<Double> recorded(Path data) {
        List<Window> windows = Window.of(GrooveDataset.open(data).takes(Split.VALIDATION), Windowing.ALIGNED);
        TapWindow taps = new TapWindow();
        List<Double> steps = new ArrayList<>();
        int stride = windows.size() / (LOOP_BARS / Grid.BARS);
        for (int i = 0; i < LOOP_BARS / Grid.BARS; i++) {
            taps.collapse(windows.get(i * stride).groove());
            for (int step = 0; step < Grid.STEPS; step++) {
                if (taps.taps[step] != 0 || step % Grid.STEPS_PER_BAR == 0) {
                    steps.add(Math.max(0, (double) i * Grid.STEPS + step + taps.offsets[step]));
                }
            }
        }
        return steps;
    }
}

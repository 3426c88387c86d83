package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.control.Control;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.RealTime;
import tapkit.port.jack.JackBackend;
import tapkit.telemetry.EngineSnapshot;

/** tapkit beside other programs of a JACK server: clocks, a meter of latency, a synthesizer. */
class JackPeersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Until a busy server misses no period for some seconds. */
    private static final Duration EVEN_PATIENCE = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(5);
    /** Twelve ticks a period: jack_transport adds whole ticks only. */
    private static final double BPM = 140.625;
    private static final PortPlan OWN_PORTS = new PortPlan(List.of(), null, null, true);
    private static final MidiReceiver NOBODY = (message, at) -> {
    };
    private static final String CLOCK_HINT = "on Debian: apt install jack-midi-clock";
    private static final String JACK_HINT = "on Debian: apt install jackd2";
    private static final double TICKS_PER_BEAT = 24;

    @TempDir
    private Path folder;

    private TrainedModel model() {
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, 1, 16, 1);
        return Models.load(file);
    }

    private Engine engine(ClockSource clock, double bpm) {
        return new Engine(new EngineSettings(clock, bpm, 0, 1));
    }

    /** {@code jack_midi_clock} makes MIDI clock of the server's transport, which {@code jack_transport} starts, moves and stops. */
    @Test
    void shouldFollowTheClockThatJacksTransportGives() throws Exception {
        needRealTime();
        String generator = Peers.require(CLOCK_HINT, "jack_midi_clock").toString();
        String remote = Peers.require(JACK_HINT, "jack_transport").toString();
        TrainedModel model = model();
        Engine engine = engine(ClockSource.MIDI, 120);
        Counted counted = new Counted(engine);
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(OWN_PORTS, engine::pad, counted);
                Peer clock = Peers.start(server.environment(), generator, "-d", "0.2");
                Peer transport = Peers.start(server.environment(), remote);
                Writer say = transport.process().outputWriter()) {
            engine.start(model.open(InferenceEngine.VECTOR), model.decoder(), List.of(), null);
            await(() -> has(server, "jack_midi_clock:mclk_out"));
            server.connect("jack_midi_clock:mclk_out", "tapkit:clock in");

            command(say, "master"); // who has no bars and beats to tell sends no Song Position
            command(say, "tempo " + BPM);
            playFrom(0, say, engine, counted);
            playFrom(64, say, engine, counted);
            assertThat(clock.process().isAlive()).isTrue();
            assertThat(session.health().lost()).isEmpty();
        } finally {
            engine.close();
        }
    }

    /**
     * Moves the transport to a beat and plays until the engine is where the sender is. The ticks of a server that missed periods come late, as
     * if some were lost on the way; then it is done once more.
     */
    private static void playFrom(double beat, Writer say, Engine engine, Counted counted) throws Exception {
        int round = 1;
        do {
            assertThat(round++).as("times that the engine was elsewhere").isLessThan(8);
            command(say, "stop");
            await(() -> !engine.snapshot().running());
            command(say, "locate " + Math.round(beat * 60 / BPM * JackServer.RATE));
            command(say, "play");
        } while (!soon(() -> engine.snapshot().running() && engine.snapshot().beat() > beat + 2)
                || !soon(counted::meetsTheEngine));
        assertThat(engine.snapshot().beat()).isBetween(beat, beat + 30);
    }

    /** Counts what the clock says on its way to the engine. */
    private static final class Counted implements MidiReceiver {
        private record Place(long ticks, long atNanos) {
        }

        private final Engine engine;
        private long position;
        private final AtomicReference<Place> last = new AtomicReference<>(new Place(-1, 0));

        Counted(Engine engine) {
            this.engine = engine;
        }

        @Override
        public void receive(int message, long atNanos) {
            Place place = last.get();
            switch (MidiMessage.status(message)) {
                case MidiMessage.START -> last.set(new Place(-1, atNanos));
                case MidiMessage.SONG_POSITION ->
                    position = 6L * (MidiMessage.data1(message) | MidiMessage.data2(message) << 7);
                case MidiMessage.CONTINUE -> last.set(new Place(position - 1, atNanos)); // ticks before it do not count
                case MidiMessage.CLOCK -> last.set(new Place(place.ticks + 1, atNanos));
                default -> {
                    // nothing that is counted
                }
            }
            engine.clock(message, atNanos);
        }

        /** By how much the engine's beat is not the sender's: both go on while they are asked. */
        double beatsOff() {
            Place place = last.get();
            EngineSnapshot now = engine.snapshot();
            double since = (now.atNanos() - place.atNanos) * 1e-9 * now.bpm() / 60;
            return Math.abs(now.beat() - place.ticks / TICKS_PER_BEAT - since);
        }

        /** Whether tempo and place of the engine are the sender's, to a quarter of a sixteenth. */
        boolean meetsTheEngine() {
            return engine.snapshot().locked() && Math.abs(engine.snapshot().bpm() - BPM) < 3 && beatsOff() < 1.0 / 16;
        }
    }

    /**
     * {@code jack_mclk_dump} hears each tick in its frame: the frames lie on a line to a frame and a half, so nothing is rounded twice (a
     * tick counted from the one before would be ten frames off after two beats). A server that has missed a period stretches
     * its frames for a second, so two beats on end are enough.
     */
    @Test
    void shouldSendAClockWhoseTicksAreEvenToTheFrame() throws Exception {
        needRealTime();
        String meter = Peers.require(CLOCK_HINT, "jack_mclk_dump").toString();
        double bpm = 120.7;
        TrainedModel model = model();
        Engine engine = engine(ClockSource.INTERNAL, bpm);
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(OWN_PORTS, engine::pad, engine::clock);
                Peer dump = Peers.start(server.environment(), Peers.require("coreutils", "stdbuf").toString(), "-oL", meter,
                        "-n")) {
            await(() -> has(server, "jack_mclk_dump:mclk_in"));
            server.connect("tapkit:clock out", "jack_mclk_dump:mclk_in");
            engine.start(model.open(InferenceEngine.VECTOR), model.decoder(), List.of(), session.clock());
            engine.control(Control.START, 0, System.nanoTime());

            List<String> lines = dump.await(EVEN_PATIENCE, said -> mostEven(frames(said), bpm) < 1.5);
            assertThat(lines).anyMatch(line -> line.contains("start"));
            assertThat(lines.getLast()).contains("flt:");
            engine.control(Control.BPM, 60, System.nanoTime());
            dump.await(EVEN_PATIENCE, said -> mostEven(last(frames(said), 60), 60) < 1.5);
        } finally {
            engine.close();
        }
    }

    /** Two beats of ticks. */
    private static final int EVEN = 48;
    private static final Pattern TICK = Pattern.compile("CLK cur:.* @ (\\d+)");

    /** Of the last few seconds; all of them again and again would make so much garbage that the collector disturbs what is measured. */
    private static long[] frames(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 4 * EVEN), lines.size()).stream().map(TICK::matcher)
                .filter(Matcher::find).mapToLong(tick -> Long.parseLong(tick.group(1)))
                .toArray();
    }

    private static long[] last(long[] frames, int count) {
        return Arrays.copyOfRange(frames, Math.max(0, frames.length - count), frames.length);
    }

    /** How far the ticks of the most even two beats are from where the tempo puts them, in frames. */
    private static double mostEven(long[] frames, double bpm) {
        double period = 60 / (bpm * TICKS_PER_BEAT) * JackServer.RATE;
        double best = Double.MAX_VALUE;
        for (int from = 0; from + EVEN <= frames.length; from++) {
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (int i = 0; i < EVEN; i++) {
                double error = frames[from + i] - frames[from] - i * period;
                least = Math.min(least, error);
                most = Math.max(most, error);
            }
            best = Math.min(best, (most - least) / 2);
        }
        return best;
    }

    /** {@code jack_midi_latency_test} sends, tapkit's ports bring it back two periods later, and the meter says how evenly. */
    @Test
    void shouldBringMessagesBackEvenly() throws Exception {
        String meter = Peers.require(JACK_HINT, "jack_midi_latency_test").toString();
        AtomicReference<MidiSession> way = new AtomicReference<>();
        long later = 4L * JackServer.PERIOD_FRAMES * 1_000_000_000 / JackServer.RATE;
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(OWN_PORTS, (message, at) -> {
                    MidiSession back = way.get();
                    if (back != null) {
                        back.drums().send(MidiMessage.pack(MidiMessage.status(message), MidiMessage.data1(message),
                                MidiMessage.data2(message)), at + later);
                    }
                }, NOBODY)) {
            way.set(session);
            List<String> said = Peers.run(server.environment(), meter, "-s", "128", "tapkit:pad in", "tapkit:drums out");

            System.out.println(String.join(System.lineSeparator(), said));
            assertThat(said).anyMatch(line -> line.contains("Messages sent: 128")).anyMatch(
                    line -> line.contains("Messages received: 128")).noneMatch(line -> line.contains("Unexpected"));
        }
    }

    /** FluidSynth plays what tapkit sends: there is sound where there was none. */
    @Test
    void shouldBeHeardThroughFluidSynth() throws Exception {
        String synthesizer = Peers.require("on Debian: apt install fluidsynth", "fluidsynth").toString();
        String recorder = Peers.require(JACK_HINT, "jack_rec").toString();
        Path font = font();
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(OWN_PORTS, NOBODY, NOBODY);
                Peer synth = Peers.start(server.environment(), synthesizer, "-a", "jack", "-m", "jack", "-o",
                        "audio.jack.id=synth",
                        "-o", "midi.jack.id=synth", font.toString())) {
            await(() -> name(server, "synth:left") != null && name(server, "synth:midi") != null);
            server.connect("tapkit:drums out", name(server, "synth:midi"));
            String left = name(server, "synth:left");
            Path silent = record(server, recorder, "silent.wav", left);
            for (int i = 0; i < 20; i++) {
                session.drums().send(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, 38, 110),
                        System.nanoTime() + i * 200_000_000L);
            }
            Path loud = record(server, recorder, "loud.wav", left);

            assertThat(peak(silent)).isLessThan(50);
            assertThat(peak(loud)).isGreaterThan(500);
            assertThat(synth.process().isAlive()).isTrue();
        }
    }

    private static Path font() {
        for (String name : List.of("/usr/share/sounds/sf2/default-GM.sf2", "/usr/share/sounds/sf2/TimGM6mb.sf2",
                "/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/soundfonts/default.sf2")) {
            if (Files.exists(Path.of(name))) {
                return Path.of(name);
            }
        }
        throw Peers.missing("needs a soundfont (on Debian: apt install timgm6mb-soundfont)");
    }

    private Path record(JackServer server, String recorder, String name, String port) throws InterruptedException {
        Path file = folder.resolve(name);
        Peers.run(server.environment(), recorder, "-f", file.toString(), "-d", "2", "-b", "16", port);
        return file;
    }

    /** The loudest sample of a WAV file of 16 bits. */
    private static int peak(Path wav) throws IOException {
        int peak = 0;
        try (RandomAccessFile file = new RandomAccessFile(wav.toFile(), "r")) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(bytes);
            assertThat(bytes.length).as("samples of %s", wav.getFileName()).isGreaterThan(JackServer.RATE);
            for (int i = 44; i + 1 < bytes.length; i += 2) {
                peak = Math.max(peak, Math.abs((short) ((bytes[i] & 0xFF) | (bytes[i + 1] << 8))));
            }
        }
        return peak;
    }

    /**
     * A server without it misses so many periods on a busy machine that its own frames are not even (tried: of 93 bpm 62 were left). Rights are
     * nothing that a build could install, so this skips also where peers are required.
     */
    private static void needRealTime() throws InterruptedException {
        boolean[] granted = new boolean[1];
        Thread.ofPlatform().start(() -> granted[0] = RealTime.request(RealTime.OUTPUT)).join();
        assumeTrue(granted[0], "needs real-time rights: see native-config");
    }

    private static void command(Writer transport, String command) throws IOException {
        transport.write(command + "\n");
        transport.flush();
    }

    private static boolean has(JackServer server, String port) {
        return name(server, port) != null;
    }

    /** The first port that begins so; null if there is none. */
    private static String name(JackServer server, String prefix) {
        try {
            return server.ports().stream().filter(port -> port.startsWith(prefix)).findFirst().orElse(null);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the condition holds within a few seconds. */
    private static boolean soon(BooleanSupplier condition) throws InterruptedException {
        boolean holds = condition.getAsBoolean();
        for (long end = System.nanoTime() + SOON.toNanos(); !holds && System.nanoTime() < end;) {
            TimeUnit.MILLISECONDS.sleep(10);
            holds = condition.getAsBoolean();
        }
        return holds;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}

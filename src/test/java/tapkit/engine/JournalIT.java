package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tapkit.Peers;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Voice;
import tapkit.journal.Journal;
import tapkit.journal.JournalWriter;
import tapkit.journal.SessionFolder;
import tapkit.model.Decoder;
import tapkit.model.Fills;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.telemetry.KeepLast;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.SessionRecorder;
import tapkit.telemetry.SessionScore;

/** Sessions of the real engine on its real threads, replayed; and one that is killed. */
class JournalIT {
    private static final long MS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static Player player() {
        float[] half = new float[9];
        Arrays.fill(half, 0.5f);
        return new Player(new SimulatedSession.Echo(), new Decoder(half));
    }

    /** What the engine's thread handed over, in order; every hundredth message is refused. */
    private static final class Port extends IdealOutput {
        final ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
        private int offered;

        @Override
        public boolean send(int message, long atNanos) {
            if (++offered % 100 == 0) {
                return false;
            }
            taken.add(message + "@" + atNanos);
            return true;
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            return true; // of another thread: the tap says what it was
        }

        @Override
        public long leadNanos() {
            return 5 * MS;
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldReplayARealSessionToTheByteWithAClockThatJittersAndAGarbageCollectorThatRuns(Mode mode) throws Exception {
        Map<Knob, Double> knobs = new HashMap<>();
        knobs.put(Knob.of(Control.MODE), (double) mode.ordinal());
        knobs.put(Knob.of(Control.DIRECT), mode == Mode.ANSWER ? 0.0 : 1.0);
        knobs.put(Knob.of(Control.OVERDUB), 1.0);
        EngineSettings settings = new EngineSettings(ClockSource.MIDI, 150, 0, 5, knobs);
        Port drums = new Port();
        Port clock = new Port();
        Path take = folder.resolve("take.mid");
        Path file;
        Engine engine = new Engine(settings);
        SessionJournal journal = SessionJournal
                .start(new SessionFolder(folder.resolve("sessions")), LocalDateTime.now(ZoneId.systemDefault()), engine,
                        Session.of(settings, List.of(drums), clock)::fields)
                .orElseThrow();
        try (journal; SessionRecorder recorder = SessionRecorder.start(take, engine.openFeed(), settings.bpm()); engine) {
            assertThat(recorder.file()).isEqualTo(take);
            engine.start(List.of(player()), Fills.PLAIN, List.of(drums), clock, journal.sink());
            play(engine, new Random(mode.ordinal()), TimeUnit.SECONDS.toNanos(8));
            file = journal.file();
        }
        List<String> drumsAgain = new ArrayList<>();
        List<String> clockAgain = new ArrayList<>();
        SessionScore score = new SessionScore(150);
        Replay.Outcome outcome = new Replay(Journal.read(file), List.of(), new Replay.Listener() {
            @Override
            public void played(PlayedEvent event) {
                score.add(event);
            }

            @Override
            public void sent(int output, int message, long atNanos) {
                (output == 0 ? drumsAgain : clockAgain).add(message + "@" + atNanos);
            }
        }).run();

        assertThat(drums.taken).hasSizeGreaterThan(40).containsExactlyElementsOf(drumsAgain);
        assertThat(clock.taken).hasSizeGreaterThan(100).containsExactlyElementsOf(clockAgain);
        assertThat(outcome.ended()).isTrue();
        assertThat(outcome.differsAt()).isEmpty();
        assertThat(MidiFile.encode(score.score())).isEqualTo(Files.readAllBytes(take));
    }

    /** Taps, knobs and a MIDI clock of 150 bpm with jitter, while garbage is made and collected. */
    private static void play(Engine engine, Random random, long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        double period = 60e9 / 150 / 24;
        engine.clock(MidiMessage.START, begin);
        for (int tick = 0; tick * period < nanos; tick++) {
            long due = begin + Math.round(tick * period) + random.nextLong(2 * MS);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            engine.clock(MidiMessage.CLOCK, System.nanoTime());
            if (random.nextInt(4) == 0) {
                engine.pad(MidiMessage.noteOn(0, 38, 1 + random.nextInt(127)), System.nanoTime());
            }
            switch (tick % 60) {
                case 20 -> engine.control(Control.FILL, 1, System.nanoTime());
                case 40 -> engine.control(Control.DENSITY, random.nextInt(200), System.nanoTime());
                case 50 -> engine.control(Control.MODE, random.nextInt(3), System.nanoTime());
                case 55 -> System.gc();
                default -> {
                    // ticks and taps are enough
                }
            }
        }
    }

    @Test
    void shouldKeepNothingOfASessionInWhichNothingWasPlayed() {
        EngineSettings settings = new EngineSettings(ClockSource.INTERNAL, 120, 0, 5);
        Engine engine = new Engine(settings);
        SessionFolder sessions = new SessionFolder(folder.resolve("sessions"));
        SessionJournal journal = SessionJournal.start(sessions, LocalDateTime.now(ZoneId.systemDefault()), engine, Map::of)
                .orElseThrow();
        try (journal; engine) {
            engine.start(List.of(player()), Fills.PLAIN, List.of(), null, journal.sink());
            assertThat(journal.file()).exists();
        }
        assertThat(sessions.sessions()).isEmpty();
    }

    @Test
    void shouldPlayOnWhereNoSessionCanBeKept() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "");
        try (Engine engine = new Engine(new EngineSettings(ClockSource.INTERNAL, 120, 0, 5))) {
            assertThat(SessionJournal.start(new SessionFolder(file.resolve("sessions")),
                    LocalDateTime.now(ZoneId.systemDefault()), engine, Map::of)).isEmpty();
        }
    }

    @Test
    void shouldKeepTheLastMinutesWhenAPedalSaysSo() throws Exception {
        LinkedBlockingQueue<Path> kept = new LinkedBlockingQueue<>();
        try (Engine engine = new Engine(new EngineSettings(ClockSource.INTERNAL, 120, 0, 5,
                Map.of(Knob.of(Control.MODE), (double) Mode.TOGETHER.ordinal())));
                KeepLast keeper = KeepLast.start(engine.openFeed(), () -> folder.resolve("kept.mid"), kept::add)) {
            assertThat(keeper).isNotNull();
            PlayedFeed feed = engine.openFeed();
            engine.start(List.of(player()), Fills.PLAIN, List.of(), null);
            for (int i = 0; i < 10; i++) {
                engine.pad(MidiMessage.noteOn(0, 38, 100), System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(50);
            }
            awaitDrum(feed);
            engine.control(Control.KEEP_LAST, 1, System.nanoTime());
            assertThat(kept.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
        Score score = MidiFile.read(folder.resolve("kept.mid"));
        assertThat(score.notes()).filteredOn(note -> note.track() == 1).hasSize(10);
        assertThat(score.notes()).filteredOn(note -> note.track() == 2).isNotEmpty();
    }

    private static void awaitDrum(PlayedFeed feed) throws InterruptedException {
        PlayedEvent event = new PlayedEvent();
        for (long end = System.nanoTime() + PATIENCE.toNanos(); event.kind != PlayedEvent.Kind.DRUM;) {
            assertThat(System.nanoTime()).as("a drum is played").isLessThan(end);
            if (!feed.poll(event)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    @RepeatedTest(2)
    void shouldLoseLessThanASecondWhenKilled() throws Exception {
        Path file = folder.resolve("killed.session");
        List<String> said;
        try (Peers.Peer player = Peers.start(Map.of(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Killed.class.getName(),
                file.toString())) {
            player.await(PATIENCE, lines -> lines.stream().filter(line -> line.startsWith("tap ")).count() > 60);
            TimeUnit.MILLISECONDS.sleep(new Random().nextInt(300));
            player.kill();
            said = player.lines();
        }
        List<String> sent = said.stream().filter(line -> line.startsWith("sent ")).toList();
        List<Long> taps = said.stream().filter(line -> line.startsWith("tap ")).map(line -> Long.valueOf(line.substring(4)))
                .toList();
        List<String> again = new ArrayList<>();
        Journal journal = Journal.read(file);
        Replay.Outcome outcome = new Replay(journal, List.of(), new Replay.Listener() {
            @Override
            public void played(PlayedEvent event) {
                // what was sent is enough
            }

            @Override
            public void sent(int output, int message, long atNanos) {
                again.add("sent " + message + "@" + atNanos);
            }
        }).run();

        assertThat(outcome.ended()).isFalse();
        assertThat(outcome.differsAt()).isEmpty();
        assertThat(taps.getLast() - outcome.lastNanos()).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(again).hasSizeGreaterThan(50);
        int both = Math.min(again.size(), sent.size()); // what was said last may not have come through
        assertThat(again.subList(0, both)).isEqualTo(sent.subList(0, both));
        assertThat(sent.size() - again.size()).isLessThan(60);
    }

    /** The program that is killed: taps twenty times a second, together, and says what it taps and sends. */
    static final class Killed {
        private Killed() {
        }

        public static void main(String[] args) throws InterruptedException {
            EngineSettings settings = new EngineSettings(ClockSource.INTERNAL, 120, 0, 5,
                    Map.of(Knob.of(Control.MODE), (double) Mode.TOGETHER.ordinal()));
            MidiOutput port = new IdealOutput() {
                @Override
                public boolean send(int message, long atNanos) {
                    System.out.println("sent " + message + "@" + atNanos);
                    return true;
                }

                @Override
                public boolean sendNow(int message, long atNanos) {
                    return true; // of another thread: the tap says what it was
                }
            };
            Engine engine = new Engine(settings);
            JournalWriter writer = JournalWriter.start(Path.of(args[0]), Session.of(settings, List.of(port), null)::fields);
            engine.start(List.of(player()), Fills.PLAIN, List.of(port), null, writer);
            while (true) {
                long now = System.nanoTime();
                engine.pad(MidiMessage.noteOn(0, Voice.SNARE.note(), 100), now);
                System.out.println("tap " + now);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}

package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.cli.PageFeed.Event;
import tapkit.control.Control;
import tapkit.control.web.Chromium;
import tapkit.data.MidiFile;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Models;
import tapkit.port.MidiMessage;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;

/**
 * A gig, from the count-in to the ending: {@code tapkit play} as a program of its own, hands and pedals through a real JACK server, the
 * page in a real browser, settings, bindings and a set list from the example that the guide explains. About a minute;
 * {@code -Dtapkit.gig.seconds=600} plays each part as much longer. With {@code -Dtapkit.pictures} it leaves the guide's pictures in that
 * folder.
 */
class GigIT {
    private static final int SECONDS = Integer.getInteger("tapkit.gig.seconds", 60);
    private static final double FASTER_BPM = 132;
    /** Bars of each part of the gig that may last. */
    private static final int BARS = Math.max(3, (SECONDS - 16) / 14);
    private static final int BEATS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path EXAMPLE = Path.of("docs", "examples", "gig");
    /** A tap is handed to its port so long before its time. */
    private static final long AHEAD_NANOS = 40_000_000;
    /** Pads of the left and the right hand, that strike in turn: two strokes that a busy server delivers at once are no echo. */
    private static final int[] HAND_NOTES = {60, 62};
    private static final int OVERDUBBED = 110;
    private static final long STALL_NANOS = 25_000_000;
    private static final int SIDE_STICK = 37;
    /** Steps of a bar that the hands tap. */
    private static final int[] GROOVE = {0, 3, 4, 6, 8, 11, 12, 14};
    private static final int START = 66;
    private static final int FILL = 64;
    private static final int OVERDUB = 65;
    private static final int TAP_TEMPO = 67;
    private static final int ENDING = 68;
    private static final int KEEP_LAST = 69;

    private record Cue(double beat, Action action) {
    }

    private interface Action {
        void at(long nanos) throws Exception;
    }

    @TempDir
    private Path folder;
    private final List<Cue> cues = new ArrayList<>();
    private MidiSession hands;
    private PageFeed feed;
    private Chromium browser;
    private ExecutorService eyes;
    private final List<Future<?>> seen = new ArrayList<>();
    private int taps;
    /** How late the machine was at worst to let the hands go on. */
    private long stalledNanos;
    private long lastTapNanos = Long.MIN_VALUE / 2;

    @Test
    void shouldLastFromCountInToEnding() throws Exception {
        for (String name : List.of("gig.toml", "verse.toml", "chorus.toml", "pedals")) {
            // on the grid, so that what is doubled shows
            write(name, Files.readString(EXAMPLE.resolve(name)).replace("[controls]", "[controls]\nmicrotiming = 0"));
        }
        Path take = folder.resolve("take.mid");
        eyes = Executors.newSingleThreadExecutor();
        try (Chromium chromium = new Chromium();
                JackServer server = JackServer.start();
                MidiSession player = new JackBackend(server.name()).named("hands").open(
                        new PortPlan(List.of(), null, null, false), (message, at) -> {
                        }, (message, at) -> {
                        });
                Peer monitor = server.dump("monitor");
                Module module = new Module(server);
                Peer tapkit = tapkit(server, take)) {
            browser = chromium;
            hands = player;
            List<String> said = tapkit.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.startsWith("ready ")));
            server.connect("tapkit:drums out", "monitor:input");
            URI page = URI.create(said.stream().filter(line -> line.startsWith("page ")).findFirst().orElseThrow().substring(4)
                    .strip());
            try (PageFeed heard = new PageFeed(page)) {
                feed = heard;
                browser.resize(1280, 900, false);
                browser.open(page);
                play(module);
                tapkit.process().destroy(); // asks, as Ctrl-C does
                assertThat(tapkit.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            List<String> lines = monitor.await(PATIENCE, JackServer::isSilenced);
            List<String> there = module.peer.await(PATIENCE, JackServer::isSilenced);

            assertSameAgain(take);
            assertNothingLost(take);
            assertNothingDoubled();
            assertHeardAsMeant(lines);
            assertThat(JackServer.sounding(lines)).as("notes that still sound").isEmpty();
            assertThat(JackServer.sounding(there)).as("notes that sound in the module").isEmpty();
        } finally {
            eyes.shutdownNow();
        }
    }

    // --- the gig

    private void play(Module module) throws Exception {
        int answer = 0;
        int together = answer + BARS;
        int record = together + BARS;
        int overdub = record + 2;
        int partB = overdub + 2 + BARS;
        int chorus = partB + BARS;
        int faster = chorus + BARS;
        int lost = faster + BARS;
        int back = lost + 2;
        int ending = back + BARS;
        int end = ending + 2;

        tapBars(answer, together);
        look(together - 0.95, () -> turn("[data-c=MODE] input[value='1']"));
        for (int bar = together; bar < record; bar++) { // each bar elsewhere, where no pattern plays yet, and between the steps
            for (int step : GROOVE) {
                tap(bar * BEATS + ((step + bar) % 16 + 0.3) / Grid.STEPS_PER_BEAT, 50 + 5 * step);
            }
        }
        look(together + 1.3, () -> picture("gig-together"));
        look(record - 0.95, () -> turn("[data-c=RECORD] button"));
        tapBars(record, overdub);
        look(record + 1.2, () -> picture("gig-record"));
        pedal(overdub + 0.01, OVERDUB);
        tap(overdub * BEATS + 1.75, OVERDUBBED); // the fourth sixteenth after beat 2: nobody has tapped there yet
        pedal(overdub + 0.95, OVERDUB);
        look(partB - 0.95, () -> turn("[data-c=PART] input[value='1']"));
        pedal(partB - 0.45, FILL);
        program(chorus - 0.9, 1);
        tapBars(chorus, faster);
        for (int bar = faster; bar < lost; bar++) { // where a busy server was late with a press, once more
            cues.add(new Cue(bar * BEATS, at -> {
                long first = Math.max(at, System.nanoTime() + AHEAD_NANOS);
                for (int press = 0; press < 5 && !isFaster(); press++) {
                    press(TAP_TEMPO, first + Math.round(press * 60e9 / FASTER_BPM));
                }
            }));
        }
        tapBars(faster + 2, lost);
        look(lost, module::pull);
        tapBars(lost, back);
        look(back, module::plug);
        tapBars(back, ending);
        pedal(ending - 0.7, KEEP_LAST);
        pedal(ending - 0.5, ENDING);

        press(START, System.nanoTime());
        feed.awaitState("the count-in", now -> now.path("running").asBoolean());
        assertThat(feed.beat()).as("beats before bar 1").isNegative();
        cues.sort(Comparator.comparingDouble(Cue::beat));
        for (Cue cue : cues) {
            long wait = feed.nanosOf(cue.beat) - AHEAD_NANOS - System.nanoTime();
            for (; wait > 0; wait = feed.nanosOf(cue.beat) - AHEAD_NANOS - System.nanoTime()) {
                long until = System.nanoTime() + Math.min(wait, 10_000_000);
                TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
                stalledNanos = Math.max(stalledNanos, System.nanoTime() - until);
            }
            cue.action.at(feed.nanosOf(cue.beat));
        }
        feed.awaitState("the end", now -> !now.path("running").asBoolean());
        for (Future<?> look : seen) {
            look.get();
        }
        assertThat(browser.errors()).isEmpty();

        assertCountIn();
        assertThat(drums(0, together * BEATS)).as("a bar is answered from the next on").isNotEmpty()
                .allMatch(drum -> drum.beat() > BEATS - 0.2);
        assertEachBarPlays(1, end);
        assertEachTapSounds(together, record);
        assertThat(drums(together * BEATS, record * BEATS))
                .as("drums between the steps, where the hands were and no pattern was on its way")
                .filteredOn(drum -> Math.abs(Grid.offset(drum.beat() * Grid.STEPS_PER_BEAT)) > 0.1)
                .hasSizeGreaterThan(stalledNanos < STALL_NANOS ? GROOVE.length : 0); // JACK's times are off after a stall
        assertEachTapSounds(record, overdub);
        assertModesAndParts(together, record, partB, chorus);
        Event overdubbed = feed.events().stream().filter(e -> "tap".equals(e.kind()) && e.velocity() == OVERDUBBED)
                .filter(e -> e.beat() > overdub * BEATS && e.beat() < (overdub + 1) * BEATS).findFirst().orElseThrow();
        double again = Math.rint(overdubbed.beat() * Grid.STEPS_PER_BEAT) / Grid.STEPS_PER_BEAT + 2 * BEATS;
        assertThat(drums(again - 0.1, again + 0.1)).as("what was overdubbed is heard in the next pass").isNotEmpty();
        assertThat(drums(partB * BEATS - 0.1, partB * BEATS + 0.1)).as("the fill lands").extracting(Event::voice)
                .contains(Voice.CRASH.ordinal(), Voice.KICK.ordinal());
        assertThat(feed.turned).filteredOn(turn -> "DENSITY".equals(turn.control()) && turn.value() == 130)
                .as("the second song was chosen by program change").hasSize(1);
        assertThat(isFaster()).as("tempo by foot: %s", feed.bpm()).isTrue();
        assertThat(drums(ending * BEATS, end * BEATS + BEATS)).as("the ending").isNotEmpty()
                .allMatch(drum -> drum.beat() < end * BEATS + 0.2);
        assertThat(drums((end - 1) * BEATS - 0.1, end * BEATS + 0.2)).extracting(Event::voice).contains(Voice.CRASH.ordinal());
        assertThat(module.alarm).as("what the page said of the module").contains("module");
    }

    /** Taps a groove from one bar up to another. */
    private void tapBars(int from, int to) {
        for (int bar = from; bar < to; bar++) {
            for (int step : GROOVE) {
                tap(bar * BEATS + (double) step / Grid.STEPS_PER_BEAT, 50 + 5 * step);
            }
        }
    }

    private void tap(double beat, int velocity) {
        int note = HAND_NOTES[taps++ % 2];
        cues.add(new Cue(beat, at -> {
            // hands that were held up by a busy machine don't strike twice at once: that would be an echo of the pad
            lastTapNanos = Math.max(Math.max(at, System.nanoTime() + 10_000_000), lastTapNanos + 70_000_000);
            assertThat(hands.drums().send(MidiMessage.noteOn(0, note, velocity), lastTapNanos)).isTrue();
            assertThat(hands.drums().send(MidiMessage.noteOff(0, note), lastTapNanos + 30_000_000)).isTrue();
        }));
    }

    private void pedal(double bar, int controller) {
        cues.add(new Cue(bar * BEATS, at -> press(controller, at)));
    }

    private void press(int controller, long at) {
        assertThat(hands.drums().send(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, controller, 127), at)).isTrue();
        assertThat(hands.drums().send(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, controller, 0), at + 60_000_000)).isTrue();
    }

    private boolean isFaster() {
        return Math.abs(feed.bpm() - FASTER_BPM) < 3;
    }

    private void program(double bar, int number) {
        cues.add(new Cue(bar * BEATS,
                at -> assertThat(hands.drums().send(MidiMessage.pack(MidiMessage.PROGRAM_CHANGE, number, 0), at)).isTrue()));
    }

    /** Something that a person does or looks at, who doesn't keep the hands waiting. */
    private void look(double bar, Callable what) {
        cues.add(new Cue(bar * BEATS, at -> seen.add(eyes.submit(() -> {
            what.run();
            return null;
        }))));
    }

    private interface Callable {
        void run() throws Exception;
    }

    private void turn(String selector) {
        browser.script("document.querySelector(arguments[0]).click()", selector);
    }

    private void picture(String name) throws Exception {
        String pictures = System.getProperty("tapkit.pictures");
        if (pictures != null) {
            browser.picture(Path.of(pictures, name + ".png"));
        }
    }

    /** The drum module at tapkit's output, which is pulled and plugged in again. */
    private final class Module implements AutoCloseable {
        private final JackServer server;
        private String alarm = "";
        private Peer peer;

        Module(JackServer server) throws InterruptedException {
            this.server = server;
            peer = server.dump("module");
        }

        void pull() throws Exception {
            peer.close();
            browser.await("an alarm", this::isAlarm);
            picture("gig-alarm");
            alarm = browser.text("alarm");
        }

        void plug() throws Exception {
            peer = server.dump("module");
            browser.await("the alarm's end", () -> !isAlarm());
            feed.awaitNoTrouble();
            peer.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.contains("note on")));
        }

        private boolean isAlarm() {
            return Boolean.FALSE.equals(browser.script("return document.getElementById('alarm').hidden"));
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    // --- what it must have been

    private List<Event> drums(double fromBeat, double toBeat) {
        return feed.events().stream().filter(e -> "drum".equals(e.kind()) && e.note() != SIDE_STICK)
                .filter(e -> e.beat() >= fromBeat && e.beat() < toBeat).toList();
    }

    private void assertCountIn() {
        List<Event> clicks = feed.events().stream().filter(e -> "drum".equals(e.kind()) && e.note() == SIDE_STICK).toList();
        assertThat(clicks).as("clicks, also on the page").hasSize(BEATS);
        assertThat(clicks.getFirst().beat()).as("the first, at once or as soon as a busy machine lets it")
                .isBetween(-BEATS - 0.02, -BEATS + 0.5);
        for (int i = 1; i < BEATS; i++) {
            assertThat(Math.abs(clicks.get(i).beat() - (i - BEATS))).as("click %s", clicks.get(i)).isLessThan(0.02);
        }
    }

    private void assertEachBarPlays(int from, int to) {
        for (int bar = from; bar < to; bar++) {
            assertThat(drums(bar * BEATS - 0.125, (bar + 1) * BEATS - 0.125)).as("drums of bar %d", bar).isNotEmpty();
        }
    }

    /** Each tap is heard within half a step of it, also where no pattern would play; on a machine that stalls, some a beat later. */
    private void assertEachTapSounds(int from, int to) {
        List<Event> drums = drums(from * BEATS - 1, to * BEATS + 1);
        List<Event> tapped = feed.events().stream().filter(e -> "tap".equals(e.kind()))
                .filter(e -> e.beat() >= from * BEATS + 0.1 && e.beat() < to * BEATS - 0.2).toList();
        assertThat(tapped).hasSizeGreaterThan((to - from - 1) * GROOVE.length);
        double near = 0.5 / Grid.STEPS_PER_BEAT;
        long atOnce = 0;
        for (Event tap : tapped) {
            assertThat(drums).as("a drum for %s", tap)
                    .anyMatch(drum -> drum.beat() > tap.beat() - near && drum.beat() < tap.beat() + 1);
            atOnce += drums.stream().anyMatch(drum -> Math.abs(drum.beat() - tap.beat()) < near) ? 1 : 0;
        }
        assertThat(atOnce).as("taps of %d with a drum at once", tapped.size()).isGreaterThan(tapped.size() * 3L / 4);
    }

    /** Mode and part are another from the bar line on, though they were asked for within the bar before. */
    private void assertModesAndParts(int together, int record, int partB, int chorus) {
        int[][] wanted = {{together, 1, 0}, {record, 2, 0}, {partB, 2, 1}, {chorus, 0, 1}};
        List<PageFeed.On> on = feed.on.subList(feed.on.size() - wanted.length, feed.on.size());
        for (int i = 0; i < wanted.length; i++) {
            PageFeed.On now = on.get(i);
            assertThat(List.of(now.mode(), now.part())).as("mode and part in %s", on).isEqualTo(
                    List.of(wanted[i][1], wanted[i][2]));
            assertThat(now.beat()).as("when mode and part are another, %s", on).isBetween(wanted[i][0] * BEATS - 0.3,
                    wanted[i][0] * BEATS + 0.7);
        }
        assertThat(feed.turned).filteredOn(turn -> Control.MODE.name().equals(turn.control()))
                .as("asked for in the bar before").extracting(turn -> Math.floor(turn.beat() / BEATS))
                .endsWith(together - 1.0, record - 1.0, chorus - 1.0);
    }

    /** The session, played again, gives the recording to the byte; and what was kept by foot is a file of its own. */
    private void assertSameAgain(Path take) throws Exception {
        Path again = folder.resolve("again.mid");
        try (Stream<Path> sessions = Files.list(folder.resolve("sessions")); Stream<Path> files = Files.list(folder)) {
            List<String> said = Peers.run(Map.of(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                    "replay",
                    sessions.findFirst().orElseThrow().toString(), "-o", again.toString());
            assertThat(said).contains("the same as it was played");
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.endsWith("-kept.mid"));
        }
        assertThat(again).hasSameBinaryContentAs(take);
    }

    private void assertNothingLost(Path take) throws Exception {
        assertThat(feed.taps(HAND_NOTES)).as("taps heard").isEqualTo(taps);
        assertThat(feed.state().path("taps").asLong()).isEqualTo(taps);
        assertThat(feed.state().path("lost").asLong()).isZero();
        assertThat(feed.state().path("answered").asLong()).isGreaterThan(3L * BARS);
        assertThat(MidiFile.read(take).notes().stream().filter(note -> note.track() == 1).count()).as("taps recorded")
                .isEqualTo(taps);
    }

    /**
     * No drum is struck twice for one stroke: microtiming is off, so that two of one drum are half a step apart at least. On a machine that
     * stalls a stroke may sound so late that it meets the next step.
     */
    private void assertNothingDoubled() {
        Map<Integer, Event> last = new TreeMap<>();
        List<List<Event>> close = new ArrayList<>();
        feed.events().stream().filter(e -> "drum".equals(e.kind())).sorted(Comparator.comparingDouble(Event::at))
                .forEach(drum -> {
                    Event before = last.put(drum.note(), drum);
                    if (before != null && drum.beat() - before.beat() <= 0.5 / Grid.STEPS_PER_BEAT) {
                        close.add(List.of(before, drum));
                    }
                });
        assertThat(close).as("drums so soon after the same one; stalled for %.1f ms", stalledNanos / 1e6)
                .hasSizeLessThanOrEqualTo(stalledNanos < STALL_NANOS ? 0 : GROOVE.length / 2);
    }

    /** Each drum was heard once, as it was meant; how late some were is told, for a busy server misses periods. */
    private void assertHeardAsMeant(List<String> lines) {
        Map<Integer, List<Double>> heard = new TreeMap<>();
        for (String line : lines) {
            String[] bytes = line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1);
            if (bytes.length > 2 && "99".equals(bytes[0]) && !"00".equals(bytes[2])) {
                double millis = Long.parseLong(line.substring(0, line.indexOf(':')).strip()) * 1000.0 / JackServer.RATE;
                heard.computeIfAbsent(Integer.parseInt(bytes[1], 16), note -> new ArrayList<>()).add(millis);
            }
        }
        Map<Integer, List<Double>> meant = new TreeMap<>();
        feed.events().stream().filter(e -> "drum".equals(e.kind())).sorted(Comparator.comparingDouble(Event::at))
                .forEach(drum -> meant.computeIfAbsent(drum.note(), note -> new ArrayList<>()).add(drum.at()));
        assertThat(heard.keySet()).isEqualTo(meant.keySet());
        List<double[]> pairs = new ArrayList<>();
        meant.forEach((note, times) -> {
            assertThat(heard.get(note)).as("times that note %d was heard", note).hasSize(times.size());
            for (int i = 0; i < times.size(); i++) {
                pairs.add(new double[]{times.get(i), heard.get(note).get(i) - times.get(i)});
            }
        });
        pairs.sort(Comparator.comparingDouble(pair -> pair[0]));
        double[] off = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
        double period = JackServer.PERIOD_FRAMES * 1000.0 / JackServer.RATE;
        int inTime = 0;
        for (int i = 0; i < off.length; i++) { // against those around it: a server that misses periods moves all that follow
            double[] around = Arrays.copyOfRange(off, Math.max(0, i - 8), Math.min(off.length, i + 9));
            Arrays.sort(around);
            inTime += Math.abs(off[i] - around[around.length / 2]) <= period ? 1 : 0;
        }
        System.out.printf(
                "%d drums, %.1f %% of them within a period (%.1f ms) of those around them; the hands stood still for %.1f ms; %s%n",
                off.length, 100.0 * inTime / off.length, period, stalledNanos / 1e6, feed.state());
        assertThat(inTime).as("drums of %d within a period of those around them", off.length)
                .isGreaterThan(stalledNanos < STALL_NANOS ? off.length * 3 / 4 : off.length / 2);
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private Peer tapkit(JackServer server, Path take) {
        if (Files.notExists(Models.folder().resolve(Models.TAP2DRUM + ".safetensors"))) {
            throw Peers.missing("needs the model that ships in " + Models.folder().toAbsolutePath());
        }
        return Peers.start(server.environment(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseZGC", "-Xms256m", "-Xmx1g", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "play", "--config",
                folder.resolve("gig.toml").toString(), "--bindings", folder.resolve("pedals").toString(), "--in",
                "hands:drums out",
                "--out", "module:input", "--web-port", "0", "--seed", "1", "--record", take.toString(), "--journal",
                folder.resolve("sessions").toString());
    }
}

package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.UserError;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;

/** The JACK backend against a real server and JACK's own monitor. */
class JackBackendIT {
    private static final PortPlan NO_WISHES = new PortPlan(List.of(), null, null, true);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };
    /** A frame lasts 20.8 µs; JACK tells times in whole microseconds. */
    private static final long HALF_A_FRAME_NANOS = 500_000_000L / JackServer.RATE + 1000;

    private JackServer server;
    private JackBackend backend;

    @BeforeEach
    void start() throws Exception {
        server = JackServer.start();
        backend = new JackBackend(server.name());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What came in, in order. */
    private static final class Heard implements MidiReceiver {
        final int[] messages = new int[10_000];
        final long[] atNanos = new long[10_000];
        final AtomicLong count = new AtomicLong();

        @Override
        public void receive(int message, long at) {
            int i = (int) count.getPlain();
            messages[i] = message;
            atNanos[i] = at;
            count.setRelease(i + 1);
        }

        void await(int wanted) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (count.getAcquire() < wanted && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(count.getAcquire()).isEqualTo(wanted);
        }
    }

    /**
     * A server that shares a busy machine misses periods: what belongs to one leaves late, and the times that JACK tells are off for a
     * while. Then the notes are played again, through a server that has missed none. What must hold always is that none is lost or
     * doubled.
     */
    @Test
    void shouldSendEachMessageInItsOwnFrame() throws Exception {
        int round = 1;
        while (!playsEachNoteInItsFrame()) {
            assertThat(round++).as("servers in turn that all missed periods").isLessThan(12);
            server.close();
            server.restart();
        }
    }

    /** Plays notes from one session to another. Returns whether the server has missed no period: only then times are compared. */
    private boolean playsEachNoteInItsFrame() throws Exception {
        Heard heard = new Heard();
        JackProcess watch = new JackProcess(() -> {
        }, null);
        try (JackClient watcher = JackClient.open("watcher", server.name()).orElseThrow()) {
            watcher.activate(new JackCallbacks(watch));
            await(() -> watch.cycles() > 100); // cold, it may itself have the server miss one
            watch.forget();
            try (MidiSession receiver = backend.open(new PortPlan(List.of(), null, null, false), heard, NOBODY);
                    MidiSession sender = backend.open(new PortPlan(List.of(), "tapkit:pad in", null, false), NOBODY, NOBODY);
                    Peer monitor = server.dump("monitor")) {
                server.connect("tapkit-01:drums out", "monitor:input");
                assertThat(receiver.describe()).contains("tapkit:pad in");
                assertThat(sender.describe()).contains("drums out to tapkit:pad in");
                int notes = 200;
                long gridNanos = 9_973_001; // no multiple of a frame or a period
                long start = System.nanoTime() + 200_000_000L;
                for (int i = 0; i < notes; i++) {
                    assertThat(sender.drums().send(note(i), start + i * gridNanos)).isTrue();
                }
                heard.await(notes);
                List<String> printed = monitor.await(PATIENCE, lines -> lines.size() >= notes);
                assertThat(printed).hasSize(notes);
                for (int i = 0; i < notes; i++) {
                    assertThat(heard.messages[i]).isEqualTo(note(i));
                    assertThat(printed.get(i)).contains(String.format("%02x %02x note on", i % 128, 1 + i % 127));
                }
                server.ports(); // when that is answered, the news of a missed period has come
                if (watch.xruns() > 0) {
                    return false;
                }
                for (int i = 0; i < notes; i++) {
                    assertThat(heard.atNanos[i]).as("time of note %d", i).isCloseTo(start + i * gridNanos,
                            within(HALF_A_FRAME_NANOS));
                }
                assertThat(sender.health().late()).isZero();
                assertFramesOnGrid(printed, gridNanos);
                return true;
            }
        }
    }

    private static int note(int i) {
        return MidiMessage.noteOn(9, i % 128, 1 + i % 127);
    }

    @Test
    void shouldEndWhatSoundsWhenSilencedAndWhenClosed() throws Exception {
        try (Peer monitor = server.dump("monitor")) {
            try (MidiSession session = backend.open(new PortPlan(List.of(), "monitor", null, false), NOBODY, NOBODY)) {
                session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
                session.drums().send(MidiMessage.noteOn(9, 38, 100), System.nanoTime() + 3_600_000_000_000L);
                monitor.await(PATIENCE, lines -> lines.size() == 1);
                session.drums().silence();
                session.drums().send(MidiMessage.noteOn(9, 42, 100), System.nanoTime());
                monitor.await(PATIENCE, lines -> lines.size() == 5);
            }
            List<String> bytes = monitor.await(PATIENCE, lines -> lines.size() == 8).stream()
                    .map(line -> line.substring(line.indexOf(':') + 2, line.indexOf(':') + 10)).toList();
            assertThat(bytes).containsExactly("99 24 64", "89 24 00", "b9 7b 00", "b9 78 00", "99 2a 64", "89 2a 00",
                    "b9 7b 00", "b9 78 00");
        }
    }

    @Test
    void shouldAllocateNothingInTheCallback() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong callback = new AtomicLong();
        AtomicLong heard = new AtomicLong();
        try (MidiSession session = backend.open(NO_WISHES, (message, at) -> {
            callback.setRelease(Thread.currentThread().threadId());
            heard.setRelease(heard.getPlain() + 1);
        }, NOBODY)) {
            server.connect("tapkit:drums out", "tapkit:pad in");
            play(session, heard, 200); // the receiver above is cold
            // The JVM itself allocates a few bytes in the name of a thread whose code it has just compiled anew.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10 && least > 0; round++) {
                long before = threads.getThreadAllocatedBytes(callback.get());
                play(session, heard, 1000);
                least = Math.min(least, threads.getThreadAllocatedBytes(callback.get()) - before);
            }
            assertThat(least).as("bytes in thousands of periods").isZero();
        }
    }

    /** Sends notes with their ends, a pair every four milliseconds, and waits until all came back. */
    private static void play(MidiSession session, AtomicLong heard, int pairs) {
        long wanted = heard.get() + 2L * pairs;
        for (int i = 0; i < pairs; i++) {
            long at = System.nanoTime() + 20_000_000;
            assertThat(session.drums().send(MidiMessage.noteOn(9, i % 128, 64), at)).isTrue();
            assertThat(session.drums().send(MidiMessage.noteOff(9, i % 128), at + 2_000_000)).isTrue();
            LockSupport.parkNanos(4_000_000);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (heard.get() < wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(heard.get()).isEqualTo(wanted);
    }

    @Test
    void shouldShowItsPortsUnconnectedAndLetNothingOfTheWarmUpThrough() throws Exception {
        Heard pad = new Heard();
        Heard clock = new Heard();
        try (MidiSession session = backend.open(NO_WISHES, pad, clock)) {
            assertThat(server.ports()).filteredOn(port -> port.startsWith("tapkit")).containsExactlyInAnyOrder("tapkit:pad in",
                    "tapkit:clock in", "tapkit:drums out", "tapkit:clock out", "tapkit:control out");
            assertThat(Peers.run(server.environment(), "jack_lsp", "-c")).noneMatch(line -> line.startsWith(" "));
            assertThat(session.health().lost()).isEmpty();
        }
        assertThat(pad.count).hasValue(0);
        assertThat(clock.count).hasValue(0);
        assertThat(server.ports()).noneMatch(port -> port.startsWith("tapkit"));
    }

    @Test
    void shouldConnectEveryHardwareInputUnlessToldOtherwise() throws Exception {
        JackClient hardware = JackClient.open("drumset", server.name()).orElseThrow();
        try {
            hardware.register("pad one", JackLibrary.PORT_IS_OUTPUT | JackLibrary.PORT_IS_PHYSICAL);
            hardware.register("pad two", JackLibrary.PORT_IS_OUTPUT | JackLibrary.PORT_IS_PHYSICAL);
            hardware.register("not hardware", JackLibrary.PORT_IS_OUTPUT);
            hardware.activate(new JackCallbacks(new JackProcess(() -> {
            }, null)));
            try (MidiSession session = backend.open(NO_WISHES, NOBODY, NOBODY)) {
                assertThat(session.describe()).contains("pad in from drumset:pad one", "pad in from drumset:pad two")
                        .doesNotContain("not hardware");
            }
            try (MidiSession session = backend.open(new PortPlan(List.of("NOT HARD"), null, null, false), NOBODY, NOBODY)) {
                assertThat(session.describe()).contains("pad in from drumset:not hardware").doesNotContain("drumset:pad");
            }
        } finally {
            hardware.close();
        }
    }

    /** Such as that of a program that hangs while it starts; where nobody named it, one can play without. */
    @Test
    void shouldPlayWithoutAHardwareInputThatRefuses() {
        JackClient stuck = JackClient.open("stuck", server.name()).orElseThrow();
        try {
            stuck.register("pad", JackLibrary.PORT_IS_OUTPUT | JackLibrary.PORT_IS_PHYSICAL); // not active: nobody may connect it
            try (MidiSession session = backend.open(NO_WISHES, NOBODY, NOBODY)) {
                assertThat(session.describe()).contains("tapkit:pad in").doesNotContain("stuck");
            }
            PortPlan named = new PortPlan(List.of("stuck"), null, null, false);
            assertThatThrownBy(() -> backend.open(named, NOBODY, NOBODY)).isInstanceOf(UserError.class)
                    .hasMessageContaining("stuck:pad");
        } finally {
            stuck.close();
        }
    }

    @Test
    void shouldSendWhatIsLateAtOnceAndCountIt() throws Exception {
        try (Peer monitor = server.dump("monitor");
                MidiSession session = backend.open(new PortPlan(List.of(), "monitor", null, false), NOBODY, NOBODY)) {
            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime() - 1_000_000_000);
            monitor.await(PATIENCE, lines -> lines.size() == 1);
            assertThat(session.health().late()).isOne();
        }
    }

    /** The server counts missed periods and blames nobody; those that tapkit's own work made it miss are told. */
    @Test
    void shouldTellWhichPeriodsItHeldUpItself() throws Exception {
        long held = 4_000_000;
        assertThat(held).isGreaterThan(JackServer.PERIOD_FRAMES * 1_000_000_000L / JackServer.RATE);
        MidiReceiver slow = (message, atNanos) -> {
            long until = System.nanoTime() + held;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        };
        try (MidiSession sender = backend.open(NO_WISHES, NOBODY, NOBODY);
                MidiSession session = backend.open(new PortPlan(List.of("tapkit:drums"), null, null, false), slow, NOBODY)) {
            long before = session.callbacks().orElseThrow().overruns();
            for (int i = 0; i < 3; i++) {
                sender.drums().send(note(i), System.nanoTime());
                long wanted = before + i + 1;
                await(() -> session.callbacks().orElseThrow().overruns() >= wanted);
            }
            assertThat(sender.callbacks().orElseThrow().overruns()).as("who was only called late").isLessThan(3);
            await(() -> session.health().xruns() > 0);
        }
    }

    @Test
    void shouldSayThatAServerHangsInsteadOfWaitingForIt() throws Exception {
        server.hang(true);
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                assertThat(backend.unavailable()).hasValueSatisfying(why -> assertThat(why).contains("does not answer"));
                assertThat(backend.ports()).isEmpty();
            });
        } finally {
            server.hang(false);
        }
    }

    @Test
    void shouldCloseInTimeWhenTheServerHasDied() throws Exception {
        MidiSession session = backend.open(NO_WISHES, NOBODY, NOBODY);
        session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
        server.kill();
        await(() -> session.health().away().isPresent());
        assertThat(session.health().away()).hasValueSatisfying(why -> assertThat(why).contains("the JACK server has gone"));
        assertThat(session.describe()).contains("the JACK server has gone");
        assertThat(session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime())).as("dropped, as by a pulled cable")
                .isTrue();
        session.drums().silence();
        assertTimeoutPreemptively(Duration.ofSeconds(10), session::close);
        assertThat(backend.unavailable()).isPresent();
    }

    /** What sounded when the server went is ended when it is back, for a synthesizer behind it may still hold the note. */
    @Test
    void shouldComeBackWithTheServerAndEndWhatSounded() throws Exception {
        try (Peer before = server.dump("monitor");
                MidiSession session = backend.open(new PortPlan(List.of(), "monitor", null, false), NOBODY, NOBODY)) {
            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
            before.await(PATIENCE, lines -> lines.size() == 1);
            for (int round = 0; round < 2; round++) {
                server.close();
                before.kill(); // its thread would take the wake-ups of the next client of its name
                await(() -> session.health().away().isPresent());
                session.drums().send(MidiMessage.noteOn(9, 40, 100), System.nanoTime());
                server.restart();
                await(() -> session.describe().contains("monitor:input is unplugged or has ended"));
                assertThat(server.ports()).contains("tapkit:drums out");
                try (Peer monitor = server.dump("monitor")) {
                    await(() -> session.health().away().isEmpty());
                    int note = 50 + round;
                    session.drums().send(MidiMessage.noteOn(9, note, 100), System.nanoTime());
                    String on = String.format("99 %02x 64", note);
                    List<String> heard = monitor.await(PATIENCE,
                            lines -> lines.toString().contains(on) && lines.toString().contains("89 24 00"));
                    assertThat(bytes(heard)).doesNotContain("99 28 64");
                }
            }
            assertThat(session.health().lost()).isEmpty();
        }
    }

    /**
     * Both ways: what was connected is connected again by name, and a note that ended meanwhile does not sound on. The receiver may be told
     * twice that it ended: a port can be seen and connected before the server's news of it is here.
     */
    @Test
    void shouldConnectPeersAgainThatWereKilledAndStarted() throws Exception {
        Heard heard = new Heard();
        Peer monitor = server.dump("monitor");
        Peer pad = taps();
        try (MidiSession session = backend.open(new PortPlan(List.of("pad"), "monitor", null, false), heard, NOBODY)) {
            await(() -> heard.count.get() > 2);
            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
            monitor.await(PATIENCE, lines -> lines.size() == 1);

            monitor.kill();
            pad.kill();
            await(() -> session.health().away().filter(away -> away.contains("monitor:input") && away.contains("pad:out"))
                    .isPresent());
            assertThat(session.drums().send(MidiMessage.noteOff(9, 36), System.nanoTime())).isTrue();
            long before = heard.count.get();

            pad = taps();
            monitor = server.dump("monitor");
            await(() -> session.health().away().isEmpty());
            await(() -> heard.count.get() > before + 2);
            assertThat(bytes(monitor.await(PATIENCE, lines -> !lines.isEmpty()))).containsOnly("89 24 00");
        } finally {
            monitor.close();
            pad.close();
        }
    }

    /** A peer that is gone and back before anyone looks has lost its connections all the same. */
    @Test
    void shouldConnectAPortAgainThatWasAwayForAnInstant() throws Exception {
        Heard heard = new Heard();
        JackClient pad = pad();
        try {
            try (MidiSession session = backend.open(new PortPlan(List.of("pad"), null, null, false), heard, NOBODY)) {
                pad.close();
                pad = pad();
                await(() -> Peers.run(server.environment(), "jack_lsp", "-c", "pad:out").toString().contains("tapkit:pad in"));
                await(() -> session.health().away().isEmpty());
            }
        } finally {
            pad.close();
        }
    }

    private JackClient pad() {
        JackClient pad = JackClient.open("pad", server.name()).orElseThrow();
        pad.register("out", JackLibrary.PORT_IS_OUTPUT);
        pad.activate(new JackCallbacks(new JackProcess(() -> {
        }, null)));
        return pad;
    }

    /** Which pad it was is to be told, and what a user has parted is to stay so. */
    @Test
    void shouldTellInputsApartAndLeaveAloneWhatWasParted() throws Exception {
        Heard heard = new Heard();
        try (MidiSession sender = backend.open(NO_WISHES, NOBODY, NOBODY);
                MidiSession session = backend.open(new PortPlan(List.of("tapkit:drums", "tapkit:clock"), null, null, false),
                        heard, NOBODY)) {
            assertThat(session.describe()).contains("pad in from tapkit:drums out", "pad in 2 from tapkit:clock out");
            sender.drums().send(note(1), System.nanoTime());
            await(() -> heard.count.get() == 1);
            sender.clock().send(note(1), System.nanoTime());
            heard.await(2);
            assertThat(heard.messages).startsWith(note(1), MidiMessage.from(1, note(1)));

            Peers.run(server.environment(), "jack_disconnect", "tapkit:drums out", "tapkit-01:pad in");
            try (Peer another = server.dump("another")) {
                sender.clock().send(note(2), System.nanoTime());
                heard.await(3);
                assertThat(Peers.run(server.environment(), "jack_lsp", "-c", "tapkit:drums out")).doesNotContain(
                        "   tapkit-01:pad in");
                assertThat(another.lines()).isEmpty();
            }
        }
    }

    /** What answers a message at once leaves in the same period, at the same frame. */
    @Test
    void shouldSendAtOnceInTheSameFrame() throws Exception {
        AtomicReference<MidiOutput> drums = new AtomicReference<>(MidiOutput.NONE);
        MidiReceiver direct = (message, at) -> {
            if (MidiMessage.isNoteOn(message)) {
                drums.get().sendNow(MidiMessage.noteOn(9, 36, MidiMessage.data2(message)), at);
            }
        };
        List<Long> delays = new CopyOnWriteArrayList<>();
        Peer pad = taps();
        try (Peer monitor = server.dump("monitor");
                MidiSession session = backend.open(new PortPlan(List.of("pad"), "monitor", null, false), direct, NOBODY)) {
            session.drums().measureNow(delays::add);
            drums.set(session.drums());
            server.connect("pad:out", "monitor:input");
            int taps = 30;
            List<String> lines = monitor.await(PATIENCE,
                    heard -> heard.stream().filter(line -> line.contains(": 99 24 ")).count() >= taps);
            List<Long> struck = lines.stream().filter(line -> line.contains(": 90 26 ")).map(JackBackendIT::frame).toList();
            List<Long> answered = lines.stream().filter(line -> line.contains(": 99 24 ")).map(JackBackendIT::frame).toList();
            assertThat(answered).hasSizeGreaterThanOrEqualTo(taps);
            // A period that the server missed may part the two.
            assertThat(answered.stream().filter(struck::contains).count()).isGreaterThan(answered.size() / 2);
            assertThat(delays).hasSizeGreaterThanOrEqualTo(taps);
            assertThat(session.health().late()).isZero();
        } finally {
            pad.close();
        }
    }

    private Peer taps() throws InterruptedException {
        Peer pad = Peers.start(server.environment(), Peers.require("jackd2", "jack_midiseq").toString(), "pad", "4800", "0",
                "38",
                "1000");
        server.awaitPort("pad:out", pad);
        return pad;
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<String> bytes(List<String> printed) {
        return printed.stream().map(line -> line.substring(line.indexOf(':') + 2, line.indexOf(':') + 10)).toList();
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> backend.open(new PortPlan(List.of("nothing of this name"), null, null, false), NOBODY, NOBODY))
                .isInstanceOf(UserError.class).hasMessageContaining("\"nothing of this name\"");
        JackBackend nowhere = new JackBackend("no-such-server");
        assertThat(nowhere.unavailable())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no-such-server", "start one"));
        assertThat(nowhere.ports()).isEmpty();
        assertThatThrownBy(() -> nowhere.open(NO_WISHES, NOBODY, NOBODY)).isInstanceOf(UserError.class)
                .hasMessageContaining("start one");
    }

    /**
     * {@code jack_midi_dump} prints the frame first. The server's idea of a frame's length wanders by a little; what holds each message to
     * its frame is the receiver's time. Only for a server that has missed no period: those have no frames.
     */
    private static void assertFramesOnGrid(List<String> printed, long gridNanos) {
        long first = frame(printed.getFirst());
        for (int i = 0; i < printed.size(); i++) {
            double wanted = i * gridNanos * 1e-9 * JackServer.RATE;
            assertThat((double) (frame(printed.get(i)) - first)).isCloseTo(wanted,
                    within(Math.max(0.005 * wanted, JackServer.PERIOD_FRAMES)));
        }
    }

    private static long frame(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(':')).strip());
    }
}

package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.journal.Journal;
import tapkit.journal.JournalWriter;
import tapkit.model.Fills;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.model.TrainedModel;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SnapshotCell;

/** The live path with its real rings and a real network, all its threads' work done by one that is measured. */
class AllocationTest {
    private static final long TURN = 1_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 125_000_000;

    /**
     * Of 80 seconds: the JVM allocates some hundred bytes once or twice when it compiles what runs (with -Xint there is nothing at
     * all). A tap, a hit or a bar that allocated would show in almost every second.
     */
    private static final int STRAY_SECONDS = 4;

    private static final Control[] TURNED = {Control.FILL, Control.DENSITY, Control.PART, Control.UNDO, Control.LEVEL,
            Control.BREAK, Control.THRESHOLD, Control.REDO, Control.STORE_A, Control.MICROTIMING, Control.STORE_B,
            Control.MORPH,
            Control.MEMORY, Control.TIME, Control.REROLL, Control.CLEAR, Control.PHRASE, Control.TAP_TEMPO};

    @TempDir
    private Path folder;

    private long sent;
    private final MidiOutput port = new IdealOutput() {
        @Override
        public boolean send(int message, long atNanos) {
            sent++;
            return true;
        }

        @Override
        public long leadNanos() {
            return 5_000_000;
        }

        @Override
        public void silence() {
            sent++;
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"answer", "together", "loop"})
    void shouldNotAllocateWhilePlaying(String mode) {
        Path file = folder.resolve("small.safetensors");
        RandomModels.save(file, 1, 16, 1);
        TrainedModel trained = Models.load(file);
        ModelLoop model = new ModelLoop(new Responder(
                List.of(new Player(trained.open(InferenceEngine.SCALAR), trained.decoder()))));
        Feeds feeds = new Feeds();
        FeedRing feed = feeds.open();
        Knob knob = Knob.of(Control.MODE);
        EngineSettings settings = new EngineSettings(EngineSettings.ClockSource.INTERNAL, 120, 0.5, 1,
                Map.of(knob, knob.parse(mode), Knob.of(Control.DIRECT), 1.0, Knob.of(Control.OVERDUB), 1.0,
                        Knob.of(Control.FOLLOW), 50.0));
        DirectPath direct = new DirectPath();
        direct.sendTo(List.of(port));
        JournalWriter journal = JournalWriter.start(folder.resolve("allocation.session"), Map::of);
        Conductor conductor = new Conductor(settings, model, Fills.PLAIN::draw, List.of(port), direct, port, feeds,
                new SnapshotCell("internal"),
                settings.board(), new Lateness(), new EngineJournal(journal));
        PlayedEvent event = new PlayedEvent();
        Random random = new Random(2);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        boolean[] taps = new boolean[16 * 60 * 4];
        for (int i = 0; i < taps.length; i++) {
            taps[i] = i == 0 || random.nextInt(2) == 0;
        }
        long begin = 1_000_000;
        long warmUntil = begin + 40 * SECOND;
        long until = begin + 120 * SECOND;
        long before = threads.getCurrentThreadAllocatedBytes();
        List<String> allocations = new ArrayList<>();
        int step = 0;
        long played = 0;
        for (long now = begin; now < until; now += TURN) {
            if (now % SECOND == begin) {
                long bytes = threads.getCurrentThreadAllocatedBytes();
                if (now > warmUntil && bytes != before) {
                    allocations.add((bytes - before) + " bytes in second " + now / SECOND);
                }
                before = threads.getCurrentThreadAllocatedBytes();
            }
            if (now - begin >= step * STEP) {
                if (taps[step]) {
                    int tap = MidiMessage.noteOn(0, 38, 1 + step % 127);
                    conductor.inputs().pad(tap, direct.strike(tap, now), now);
                }
                conductor.inputs().pad(MidiMessage.noteOff(0, 38), now);
                if (step % 8 == 0) { // a button or a knob every half bar, in every mode but to change it
                    Control control = TURNED[step / 8 % TURNED.length];
                    conductor.inputs().control(control, step % 9, Change.ADD, step % 3 - 1, now);
                }
                step++;
            }
            conductor.doWork(now);
            model.doWork(now);
            while (feed.poll(event)) {
                played++;
            }
        }

        journal.close();

        assertThat(Journal.read(journal.file()).records().length).isGreaterThan(50_000);
        assertThat(played).isGreaterThan(1000);
        assertThat(sent).isGreaterThan(played);
        assertThat(allocations).hasSizeLessThanOrEqualTo(STRAY_SECONDS);
    }
}

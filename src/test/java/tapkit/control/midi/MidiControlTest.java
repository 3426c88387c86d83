package tapkit.control.midi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.UserError;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.QueuedFeed;

class MidiControlTest {
    private static final long PATIENCE = 10;

    private record Turn(String knob, Change change, double value) {
    }

    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> taps = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> lamps = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Binding>> kept = new LinkedBlockingQueue<>();
    private final BlockingQueue<PlayedEvent> told = new LinkedBlockingQueue<>();
    private final ControlBoard board = new ControlBoard();

    private final EngineInput engine = new EngineInput() {
        @Override
        public void pad(int message, long atNanos) {
            taps.add(message);
        }

        @Override
        public void clock(int message, long atNanos) {
            throw new IllegalStateException("no clock comes here");
        }

        @Override
        public void control(Control control, int voice, Change change, double value, long atNanos) {
            turns.add(new Turn(Knob.of(control, voice).label(), change, value));
        }
    };

    private final PlayedFeed feed = new QueuedFeed(told);

    private final MidiOutput controller = new IdealOutput() {
        @Override
        public boolean send(int message, long atNanos) {
            lamps.add(message);
            return true;
        }
    };

    @TempDir
    private Path folder;
    private MidiControl control;

    @AfterEach
    void close() {
        if (control != null) {
            control.close();
        }
    }

    private void bind(String... lines) {
        control = new MidiControl(engine, board, feed, List.of(lines).stream().map(BindingsFile::parse).toList(), kept::add);
    }

    private void tell(String knob, double value) {
        PlayedEvent event = new PlayedEvent();
        event.kind = PlayedEvent.Kind.CONTROL;
        event.knob = Knob.named(knob).orElseThrow().index();
        event.value = value;
        board.set(event.knob, value);
        told.add(event);
    }

    private static int cc(int channel, int number, int value) {
        return MidiMessage.pack(MidiMessage.CONTROL_CHANGE | channel, number, value);
    }

    @Test
    void shouldLetTapsThroughAndKeepWhatIsBound() {
        bind("note 10 36 = fill momentary");
        control.receive(MidiMessage.noteOn(9, 36, 80), 1);
        control.receive(MidiMessage.noteOff(9, 36), 2);
        control.receive(MidiMessage.noteOn(9, 38, 80), 3);
        control.receive(MidiMessage.noteOn(0, 36, 80), 4);

        assertThat(turns).containsExactly(new Turn("fill", Change.SET, 1));
        assertThat(taps).containsExactly(MidiMessage.noteOn(9, 38, 80), MidiMessage.noteOn(0, 36, 80));
    }

    @ParameterizedTest
    @CsvSource({"cc any 7 = level.snare, 127, SET, 200", "cc any 7 = morph absolute, 0, SET, 0",
            "cc any 7 = bpm relative, 3, ADD, 3", "cc any 7 = bpm relative, 126, ADD, -2",
            "cc any 7 = density relative, 1, ADD, 2",
            "cc any 7 = overdub momentary, 127, SET, 1", "cc any 7 = overdub momentary, 0, SET, 0",
            "cc any 7 = overdub latching, 127, TOGGLE, 0", "cc any 7 = part next, 100, ADD, 1",
            "cc any 7 = part value c, 100, SET, 2", "cc any 7 = break momentary, 64, SET, 1"})
    void shouldMoveAKnobAsTheBindingSays(String line, int data, Change change, double value) {
        bind(line);
        control.receive(cc(3, 7, data), 1);

        assertThat(turns).hasSize(1).first().satisfies(turn -> {
            assertThat(turn.change()).isEqualTo(change);
            assertThat(turn.value()).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @CsvSource({"overdub latching", "part next", "part value b", "fill momentary"})
    void shouldHearAPedalOnceForEachPress(String what) {
        bind("cc any 64 = " + what);
        control.receive(cc(0, 64, 127), 1);
        control.receive(cc(0, 64, 0), 2);
        control.receive(cc(0, 64, 127), 3);
        control.receive(cc(0, 64, 0), 4);

        assertThat(turns).hasSize(2);
    }

    @Test
    void shouldForgetTheBindingsOfOneKnob() throws Exception {
        bind("cc any 64 = fill momentary", "note 10 36 = fill momentary", "cc 1 7 = level.kick");
        control.unbind(Knob.named("fill").orElseThrow().index());
        control.receive(cc(0, 64, 127), 1);
        control.receive(MidiMessage.noteOn(9, 36, 80), 2);

        assertThat(turns).isEmpty();
        assertThat(taps).as("a tap again").contains(MidiMessage.noteOn(9, 36, 80));
        assertThat(kept.poll(PATIENCE, SECONDS)).extracting(Binding::describe).containsExactly("CC 7, channel 1");
        assertThat(control.bindings()).hasSize(1);
    }

    @Test
    void shouldTakeAProgramChangeForItsNumber() {
        bind("program any 5 = part value b", "program 2 any = preset absolute");
        control.receive(MidiMessage.pack(MidiMessage.PROGRAM_CHANGE, 5, 0), 1);
        control.receive(MidiMessage.pack(MidiMessage.PROGRAM_CHANGE | 1, 9, 0), 2);

        assertThat(turns).containsExactly(new Turn("part", Change.SET, 1), new Turn("preset", Change.SET, 9));
    }

    @Test
    void shouldLearnTheNextMessageAndKeepIt() throws Exception {
        bind("cc 1 64 = fill momentary");
        control.start(controller);
        tell("learn", Knob.named("overdub").orElseThrow().index());
        while (turns.stream().noneMatch(turn -> "learn".equals(turn.knob()))) {
            control.receive(cc(0, 64, 127), 1); // as long as nothing is learned it is a fill
            Thread.onSpinWait();
        }
        List<Binding> all = kept.poll(PATIENCE, SECONDS);

        assertThat(all).extracting(BindingsFile::format).containsExactly("cc 1 64 = overdub latching");
        turns.clear();
        control.receive(cc(0, 64, 127), 2);
        assertThat(turns.poll(PATIENCE, SECONDS)).isEqualTo(new Turn("overdub", Change.TOGGLE, 0));
    }

    @Test
    void shouldLightTheControllersLamps() throws Exception {
        bind("cc 2 20 = level.kick absolute", "note 10 36 = part value b", "cc 1 64 = overdub latching",
                "note 1 1 = fill momentary");
        control.start(controller);
        assertThat(List.of(lamps.poll(PATIENCE, SECONDS), lamps.poll(PATIENCE, SECONDS), lamps.poll(PATIENCE, SECONDS)))
                .containsExactlyInAnyOrder(cc(1, 20, 64), MidiMessage.noteOn(9, 36, 0), cc(0, 64, 0));
        tell("part", 1);
        assertThat(lamps.poll(PATIENCE, SECONDS)).isEqualTo(MidiMessage.noteOn(9, 36, 127));
        tell("fill", 1);
        tell("level.kick", 200);
        assertThat(lamps.poll(PATIENCE, SECONDS)).isEqualTo(cc(1, 20, 127));
    }

    @Test
    void shouldReadWhatItWrites() {
        Path file = folder.resolve("new").resolve("bindings");
        assertThat(BindingsFile.read(file)).isEmpty();
        List<Binding> bindings = List.of("cc any 4 = level.closed-hat absolute", "note 10 36 = part value C",
                "program 16 127 = preset-next momentary", "cc 1 1 = bpm relative").stream()
                .map(line -> BindingsFile.parse(line.toLowerCase(java.util.Locale.ROOT))).toList();
        BindingsFile.write(file, bindings);

        assertThat(BindingsFile.read(file)).isEqualTo(bindings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"cc 1 64 overdub|is not of the form", "cc 1 64 = solo|no control is called solo",
                    "cc 17 64 = fill|channels are 1 to 16", "cc 1 200 = fill|numbers 0 to 127",
                    "cc 1 2 = part value d|must be one of A, B, C",
                    "cc 1 2 = part gliding|'gliding' is nothing", "cc 1 2 = part value|a value follows"})
    void shouldNameTheLineThatIsWrong(String line, String cause) throws Exception {
        Path file = folder.resolve("bindings");
        Files.writeString(file, "# pedals\n\n" + line + "\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> BindingsFile.read(file)).isInstanceOf(UserError.class).hasMessageContaining("line 3")
                .hasMessageContaining(cause);
    }
}

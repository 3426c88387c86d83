package tapkit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.config.KitFile;
import tapkit.port.Backends;
import tapkit.port.MidiBackend;
import tapkit.port.MidiMessage;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.loopback.LoopbackBackend;
import tapkit.tap.KitLearner;

/** {@code tapkit learn-kit}: which notes a kit's pads send, pad by pad. */
@Command(name = "learn-kit", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Learns which notes your kit sends: strike each pad as it asks. The file is a kit for play's settings.")
final class LearnKitCommand implements Callable<Integer> {
    /** What came: a note of the kit, or Enter. */
    private record Stroke(boolean enter, int note, long atNanos) {
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--in", paramLabel = "PORT", description = "Part of the name of the kit's port; may be repeated")
    private List<String> in = new ArrayList<>();

    @Option(names = "-o", required = true, paramLabel = "KIT.toml", description = "Where to write the kit")
    private Path file;

    private final BlockingQueue<Stroke> strokes = new LinkedBlockingQueue<>();

    @Override
    public Integer call() throws InterruptedException {
        OutputFile.requireWritable(file);
        PortPlan plan = new PortPlan(in, null, null, false);
        MidiBackend backend = Backends.choose(Backends.all(), plan);
        if (backend instanceof LoopbackBackend) {
            throw new UserError("there are no MIDI ports: plug the kit in, and see `tapkit ports`");
        }
        PrintWriter say = spec.commandLine().getErr();
        KitLearner learner = new KitLearner();
        try (MidiSession session = backend.open(plan, this::receive, (message, atNanos) -> {
        })) {
            say.println(session.describe());
            Thread.ofPlatform().daemon().name("tapkit-enter").start(this::waitForEnter);
            while (learner.asks().isPresent()) {
                say.println("strike the " + learner.asks().get().label() + " (Enter: there is none)");
                say.flush();
                Stroke stroke = strokes.take();
                while (!stroke.enter() && !learner.note(stroke.note(), stroke.atNanos())) {
                    stroke = strokes.take();
                }
                if (stroke.enter()) {
                    learner.skip();
                } else {
                    say.println("  note " + stroke.note());
                }
            }
        }
        KitFile.write(file, learner.notes());
        spec.commandLine().getOut().println(file);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private void receive(int message, long atNanos) {
        if (MidiMessage.isNoteOn(message)) {
            strokes.add(new Stroke(false, MidiMessage.data1(message), atNanos));
        }
    }

    private void waitForEnter() {
        try {
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                if (read == '\n') {
                    strokes.add(new Stroke(true, 0, 0));
                }
            }
        } catch (IOException e) {
            // no keyboard: Ctrl-C is left
        }
    }
}

package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapkit.OutputFile;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.journal.Journal;
import tapkit.render.DrumAudio;
import tapkit.telemetry.SessionExport;

/** {@code tapkit export}: a session for other programs. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Write taps, drums or both of a session of tapkit play to a MIDI file, a WAV file, or both.")
final class ExportCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("(?:(\\d{1,4}):)?(\\d{1,6}(?:\\.\\d+)?)");

    @Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private SessionOptions session;

    @Option(names = {"-o", "--out"}, paramLabel = "OUT.mid", description = "MIDI file to write")
    private Path out;

    @Option(names = "--wav", paramLabel = "F.wav", description = "Write how it sounds")
    private Path wav;

    @Option(names = "--what", paramLabel = "WHAT", defaultValue = "drums",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private SessionExport.What what;

    @Option(names = "--per-voice", description = "A track for each voice of the drums")
    private boolean perVoice;

    @Option(names = "--from", paramLabel = "TIME",
            description = "From the bar line before this time of the session on: seconds, or minutes and seconds as 3:20")
    private String from;

    @Option(names = "--last", paramLabel = "TIME", description = "The end of the session, so long, from the bar line before")
    private String last;

    @Override
    public Integer call() {
        if (out == null && wav == null) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "name a file to write, with -o OUT.mid or --wav F.wav");
        }
        if (from != null && last != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--from and --last exclude each other");
        }
        double start = from == null ? 0 : seconds("--from", from);
        double length = last == null ? 0 : seconds("--last", last);
        for (Path file : new Path[]{out, wav}) {
            if (file != null) {
                OutputFile.requireWritable(file);
            }
        }
        Journal journal = session.read();
        Score whole = session.play(journal, List.of()).score().score();
        if (last != null) {
            start = whole.secondsAt((double) whole.endTick()) - length;
        }
        SessionExport.Pedal pedal = SessionExport.Pedal
                .valueOf(journal.fields().getOrDefault("hi-hat-pedal", "off").toUpperCase(Locale.ROOT));
        Score score = new SessionExport(what, perVoice, pedal).of(start > 0 ? SessionExport.from(whole, start) : whole);
        if (out != null) {
            MidiFile.write(out, score);
        }
        if (wav != null) {
            DrumAudio.write(wav, SessionExport.audible(score));
        }
        PrintWriter say = spec.commandLine().getOut();
        say.printf("%s: %d notes on %s, %s%n", journal.file().getFileName(), score.notes().size(),
                String.join(", ", score.trackNames().subList(1, score.trackNames().size())),
                SessionOptions.clock(Math.round(score.secondsAt((double) score.endTick()) * 1e9)));
        say.flush();
        return CommandLine.ExitCode.OK;
    }

    private double seconds(String option, String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    option + " is " + text + "; it must be seconds, or minutes and seconds as 3:20");
        }
        return (time.group(1) == null ? 0 : 60 * Integer.parseInt(time.group(1))) + Double.parseDouble(time.group(2));
    }
}

package tapkit.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * The Groove MIDI Dataset (Gillick et al. 2019, CC BY 4.0) in the folder where it was unpacked: {@code info.csv} and the MIDI
 * files that it names. Only takes in 4/4 count, beats and fills alike.
 */
public final class GrooveDataset {
    private static final String HOME = "https://magenta.tensorflow.org/datasets/groove";
    private static final List<String> COLUMNS = List.of("id", "style", "time_signature", "midi_filename", "split");
    /** Problems that one message names; the rest is counted. */
    private static final int NAMED = 5;

    private final Path folder;
    private final List<Map<String, String>> rows;

    private GrooveDataset(Path folder, List<Map<String, String>> rows) {
        this.folder = folder;
        this.rows = rows;
    }

    /** Reads {@code info.csv}. */
    public static GrooveDataset open(Path folder) {
        Path info = folder.resolve("info.csv");
        if (!Files.isRegularFile(info)) {
            throw new UserError(folder + ": no info.csv in it; name the folder of the Groove MIDI Dataset (" + HOME + ")");
        }
        try {
            return new GrooveDataset(folder, rows(info, Files.readAllLines(info, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UserError("cannot read " + info + ": " + OutputFile.reason(e), e);
        }
    }

    /** Reads the 4/4 takes of a split, in the order of {@code info.csv}. Missing and damaged files are named. */
    public List<Take> takes(Split split) {
        return takes(split, row -> true);
    }

    /** The same, of those takes that are fills. */
    public List<Take> fills(Split split) {
        return takes(split, row -> "fill".equals(row.get("beat_type")));
    }

    /** The same, of those takes that are no fills. */
    public List<Take> beats(Split split) {
        return takes(split, row -> "beat".equals(row.get("beat_type")));
    }

    private List<Take> takes(Split split, Predicate<Map<String, String>> which) {
        List<Take> takes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int wanted = 0;
        int missing = 0;
        for (Map<String, String> row : rows) {
            if (split.label().equals(row.get("split")) && "4-4".equals(row.get("time_signature")) && which.test(row)) {
                wanted++;
                missing += Files.exists(folder.resolve(row.get("midi_filename"))) ? 0 : 1;
                try {
                    takes.add(take(row));
                } catch (UserError e) {
                    problems.add(e.getMessage());
                }
            }
        }
        if (wanted == 0) {
            throw new UserError(folder.resolve("info.csv") + ": names no 4/4 take of the " + split
                    + " split; choose another split or get the whole dataset (" + HOME + ")");
        }
        if (missing == wanted) {
            throw new UserError(folder + ": none of the " + wanted + " takes of the " + split
                    + " split that info.csv names is there; choose another split or get the whole dataset (" + HOME + ")");
        }
        if (!problems.isEmpty()) {
            throw new UserError(
                    problems.size() + " of the " + wanted + " takes of the " + split + " split are missing or damaged: "
                            + String.join(" | ", problems.subList(0, Math.min(NAMED, problems.size())))
                            + (problems.size() > NAMED ? " | ..." : "") + " (the whole dataset: " + HOME + ")");
        }
        return takes;
    }

    private Take take(Map<String, String> row) {
        Path file = folder.resolve(row.get("midi_filename"));
        Score score = MidiFile.read(file);
        if (score.tempos().stream().map(Score.Tempo::microsPerBeat).distinct().count() != 1) {
            throw new UserError(file + ": not exactly one tempo in it");
        }
        return new Take(row.get("id"), row.get("style"), score.tempos().getFirst().bpm(), score);
    }

    private static List<Map<String, String>> rows(Path info, List<String> lines) {
        List<String> header = lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split(",", -1));
        if (!header.containsAll(COLUMNS)) {
            throw new UserError(info + ": line 1 must name the columns " + String.join(", ", COLUMNS));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).isBlank()) {
                continue;
            }
            String[] cells = lines.get(line).split(",", -1);
            if (cells.length != header.size()) {
                throw new UserError(info + ": line " + (line + 1) + " has " + cells.length + " columns, the header "
                        + header.size() + "; get the file again (" + HOME + ")");
            }
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(header.get(i), cells[i].strip());
            }
            rows.add(row);
        }
        return rows;
    }
}

package tapkit.evaluate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tapkit.OutputFile;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * Answers as CSV, for other evaluators: {@code file,window,step,voice,offset,velocity}, a row for each note cell. The window is
 * named by the bar where it starts, voices are counted from 0, offsets are in sixteenths (positive = late), velocities / 127.
 */
public final class PredictionFile {
    private PredictionFile() {
    }

    /** Writes the answers, one for each window. */
    public static void write(Path file, List<Window> windows, List<Groove> answers) {
        StringBuilder csv = new StringBuilder("file,window,step,voice,offset,velocity\n");
        for (int i = 0; i < windows.size(); i++) {
            Groove answer = answers.get(i);
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (answer.hits[cell] != 0) {
                    csv.append(windows.get(i).takeId()).append(',').append(windows.get(i).bar()).append(',')
                            .append(cell / Grid.VOICES).append(',').append(cell % Grid.VOICES).append(',')
                            .append(answer.offsets[cell]).append(',').append(answer.velocities[cell]).append('\n');
                }
            }
        }
        OutputFile.write(file, csv.toString().getBytes(StandardCharsets.UTF_8));
    }
}

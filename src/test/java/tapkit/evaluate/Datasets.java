package tapkit.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import tapkit.data.GrooveDataset;
import tapkit.data.MidiFile;
import tapkit.data.ScoreBuilder;
import tapkit.data.Split;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** Small datasets for tests. */
public final class Datasets {
    private static final int TAKES = 3;
    private static final int BARS = 6;

    private Datasets() {
    }

    /** Writes some takes of rock, each with variations of its own, for training and for validation. */
    public static Path write(Path folder) {
        StringBuilder info = new StringBuilder("id,style,time_signature,midi_filename,split\n");
        try {
            for (Split split : new Split[]{Split.TRAIN, Split.VALIDATION}) {
                for (int take = 0; take < TAKES; take++) {
                    String name = split + "-" + take;
                    info.append("d/").append(name).append(",rock,4-4,").append(name).append(".mid,").append(split).append('\n');
                    ScoreBuilder score = ScoreBuilder.at(90 + 10 * take);
                    int drums = score.track("drums");
                    SplittableRandom random = new SplittableRandom(take + 10L * split.ordinal());
                    for (int bar = 0; bar < BARS; bar++) {
                        score.drums(drums, bar, rock(random), 0, Grid.STEPS_PER_BAR);
                    }
                    MidiFile.write(folder.resolve(name + ".mid"), score.build());
                }
            }
            Files.writeString(folder.resolve("info.csv"), info);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The validation split of such a dataset. */
    static EvaluationSet validation(Path folder) {
        return new EvaluationSet(GrooveDataset.open(write(folder)), Split.VALIDATION);
    }

    private static Groove rock(SplittableRandom random) {
        Groove groove = new Groove();
        for (int step = 0; step < Grid.STEPS_PER_BAR; step += 2) {
            groove.set(step, 2, (float) random.nextGaussian(0.02, 0.05), (float) random.nextDouble(0.3, 0.6));
            if (step % 8 == 4) {
                groove.set(step, 1, (float) random.nextGaussian(0.1, 0.03), 0.9f);
            } else if (step % 8 == 0 || random.nextInt(4) == 0) {
                groove.set(step, 0, (float) random.nextGaussian(-0.05, 0.03), (float) random.nextDouble(0.7, 1));
            }
        }
        return groove;
    }
}

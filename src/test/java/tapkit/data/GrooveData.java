package tapkit.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The Groove MIDI Dataset for tests that need it: in the folder that the environment's TAPKIT_GROOVE_DATA names. */
public final class GrooveData {
    private GrooveData() {
    }

    /** Opens the dataset, or skips the test that asks. */
    public static GrooveDataset open() {
        String folder = System.getProperty("TAPKIT_GROOVE_DATA", System.getenv("TAPKIT_GROOVE_DATA"));
        assumeTrue(folder != null, "TAPKIT_GROOVE_DATA does not name the folder of the Groove MIDI Dataset");
        return GrooveDataset.open(Path.of(folder));
    }
}

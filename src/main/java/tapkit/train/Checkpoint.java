package tapkit.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * Everything that a training needs to go on after an epoch as if it had not been stopped: DL4J's model with the updater's state,
 * the averaged weights, the best ones, the history. Randomness needs no state: it follows from seed and epoch.
 */
record Checkpoint(ComputationGraph graph, INDArray average, INDArray best, State state) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What isn't an array. {@code recipe} is compared when resuming. */
    record State(String recipe, long seed, List<Epoch> history) {
    }

    /** Replaces the file at once or not at all. */
    void write(Path file) {
        OutputFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(1);
            entry(zip, "state.json", JSON.writeValueAsBytes(state));
            entry(zip, "average", bytes(average));
            entry(zip, "best", bytes(best));
            ByteArrayOutputStream model = new ByteArrayOutputStream();
            ModelSerializer.writeModel(graph, model, true);
            entry(zip, "model.zip", model.toByteArray());
            zip.finish();
        });
    }

    static Checkpoint read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ComputationGraph graph = ModelSerializer
                    .restoreComputationGraph(new ByteArrayInputStream(entry(zip, "model.zip")), true);
            return new Checkpoint(graph, array(entry(zip, "average")), array(entry(zip, "best")), state(zip));
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** The part that says which training it is of, without loading the network. */
    static State readState(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return state(zip);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static State state(ZipFile zip) throws IOException {
        return JSON.readValue(entry(zip, "state.json"), State.class);
    }

    private static UserError damaged(Path file, IOException e) {
        return new UserError("cannot read the checkpoint " + file + ": " + OutputFile.reason(e)
                + "; delete it and train again without --resume", e);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        return zip.getInputStream(entry).readAllBytes();
    }

    private static byte[] bytes(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(array, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static INDArray array(byte[] bytes) throws IOException {
        return Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}

package tapkit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.Setting;
import tapkit.model.InferenceEngine;

/** What commands that measure a model have in common. */
final class EvaluationOptions {
    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--split", defaultValue = "validation", paramLabel = "SPLIT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(names = "--windows", paramLabel = "HOW",
            description = "Only ${COMPLETION-CANDIDATES}: by time as the paper does, or on the grid as tapkit plays.")
    private Windowing windowing;

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "vector",
            description = "Who computes the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private InferenceEngine engine;

    @Option(names = "--temperature", paramLabel = "X",
            description = "0 for the likeliest answer, up to 2. Default: what the model holds to be its best.")
    private Double temperature;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of what is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--dump", paramLabel = "F.csv",
            description = "Write the answers: of cut windows unless --windows aligned.")
    private Path dump;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    /** Reads the split's takes. */
    EvaluationSet set() {
        return new EvaluationSet(GrooveDataset.open(data), split);
    }

    Split split() {
        return split;
    }

    /** In which ways windows are to be cut. */
    List<Windowing> windowings() {
        return windowing == null ? List.of(Windowing.values()) : List.of(windowing);
    }

    Setting setting() {
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--temperature must be from 0 to 2");
        }
        return new Setting(engine, temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature));
    }

    long seed() {
        return seed;
    }

    /** The file for the answers to windows cut this way, or null. */
    Path dump(Windowing how) {
        return how == windowing || how == Windowing.CUT ? dump : null;
    }

    boolean json() {
        return json;
    }
}

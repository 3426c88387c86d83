package tapkit.model;

import java.util.Locale;
import org.tinylog.Logger;

/** Who computes the network: the choices of {@code --engine}. */
public enum InferenceEngine {
    /** The Vector API: the fast path, and the default. */
    VECTOR,
    /** Plain loops: the oracle. */
    SCALAR,
    /** ND4J: the reference that training uses. Slow, and only then is ND4J loaded. */
    ND4J;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The name that users type. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A network of its own for one thread. Where the Vector API is missing, says so and takes the scalar path.
     *
     * @param maxSteps the longest sequence that it will run over
     */
    public LstmNetwork open(LstmWeights weights, int maxSteps) {
        return switch (this) {
            case VECTOR -> ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                    ? new VectorLstmNetwork(weights, maxSteps)
                    : withoutVectors(weights, maxSteps);
            case SCALAR -> new ScalarLstmNetwork(weights, maxSteps);
            case ND4J -> nd4j(weights);
        };
    }

    private static LstmNetwork withoutVectors(LstmWeights weights, int maxSteps) {
        Logger.warn("This JVM was started without the Vector API, so the network runs about 30 times slower; "
                + "start it with --add-modules={}, as the launcher does", VECTOR_MODULE);
        return new ScalarLstmNetwork(weights, maxSteps);
    }

    /** By name, so that the live path never loads ND4J. */
    private static LstmNetwork nd4j(LstmWeights weights) {
        try {
            return Class.forName("tapkit.model.nd4j.Nd4jLstmNetwork").asSubclass(LstmNetwork.class)
                    .getConstructor(LstmWeights.class).newInstance(weights);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ND4J cannot be loaded", e);
        }
    }
}

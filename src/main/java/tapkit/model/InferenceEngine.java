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

    /** A model of its own for one thread. Where the Vector API is missing, says so once and takes the scalar path. */
    TapModel open(LstmWeights weights) {
        return switch (this) {
            case VECTOR -> ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                    ? new VectorTapModel(weights)
                    : withoutVectors(weights);
            case SCALAR -> new ScalarTapModel(weights);
            case ND4J -> nd4j(weights);
        };
    }

    private static TapModel withoutVectors(LstmWeights weights) {
        Logger.warn("This JVM was started without the Vector API, so the network runs about 30 times slower; "
                + "start it with --add-modules={}, as the launcher does", VECTOR_MODULE);
        return new ScalarTapModel(weights);
    }

    /** By name, so that the live path never loads ND4J. */
    private static TapModel nd4j(LstmWeights weights) {
        try {
            return Class.forName("tapkit.model.nd4j.Nd4jTapModel").asSubclass(TapModel.class).getConstructor(LstmWeights.class)
                    .newInstance(weights);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ND4J cannot be loaded", e);
        }
    }
}

package tapkit.model;

import java.util.Locale;
import org.tinylog.Logger;

/** Who computes the network: the choices of {@code --engine}. */
public enum InferenceEngine {
    /** The Vector API in the precision that ships: the fast path, and the default. */
    VECTOR(Precision.SHIPPED),
    /** The Vector API with weights in a precision of one's choice. */
    VECTOR_FP32(Precision.FP32),
    VECTOR_BF16(Precision.BF16),
    VECTOR_INT8(Precision.INT8),
    /** Plain loops: the oracle. */
    SCALAR(Precision.FP32),
    /** ND4J: the reference that training uses. Slow, and only then is ND4J loaded. */
    ND4J(Precision.FP32);

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final Precision precision;

    InferenceEngine(Precision precision) {
        this.precision = precision;
    }

    /** How weights are kept in memory. */
    public Precision precision() {
        return precision;
    }

    /** The name that users type. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A network of its own for one thread. Where the Vector API is missing, says so and takes the scalar path.
     *
     * @param maxSteps the longest sequence that it will run over
     */
    public LstmNetwork open(LstmWeights weights, int maxSteps) {
        return switch (this) {
            case SCALAR -> new ScalarLstmNetwork(weights, maxSteps);
            case ND4J -> nd4j("tapkit.model.nd4j.Nd4jLstmNetwork", LstmNetwork.class, LstmWeights.class, weights);
            default -> hasVectors()
                    ? new VectorLstmNetwork(weights, precision, maxSteps)
                    : new ScalarLstmNetwork(weights, maxSteps);
        };
    }

    /** The same for the paper's Seq2Seq. */
    Seq2SeqNetwork open(Seq2SeqWeights weights) {
        return switch (this) {
            case SCALAR -> new ScalarSeq2Seq(weights);
            case ND4J -> nd4j("tapkit.model.nd4j.Nd4jSeq2Seq", Seq2SeqNetwork.class, Seq2SeqWeights.class, weights);
            default -> hasVectors() ? new VectorSeq2Seq(weights, precision) : new ScalarSeq2Seq(weights);
        };
    }

    /**
     * Has the JIT compile the kernels that all networks of this engine share, once in a run. Takes a third of a second; what is opened
     * warm afterwards is warm so much sooner.
     */
    public void warmUp() {
        WarmUp.kernels(this);
    }

    /** Whether this JVM was started with the module that the vector engines need. */
    public static boolean hasVectorApi() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    private static boolean hasVectors() {
        boolean present = hasVectorApi();
        if (!present) {
            Logger.warn("This JVM was started without the Vector API, so the network runs about 30 times slower; "
                    + "start it with --add-modules={}, as the launcher does", VECTOR_MODULE);
        }
        return present;
    }

    /** By name, so that the live path never loads ND4J. */
    private static <N, W> N nd4j(String name, Class<N> network, Class<W> type, W weights) {
        try {
            return Class.forName(name).asSubclass(network).getConstructor(type).newInstance(weights);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ND4J cannot be loaded", e);
        }
    }
}

package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a graph's gradients with central finite differences of its score, at sampled entries of every parameter. */
public final class Gradients {
    private static final double STEP = 1e-4;
    private static final int SAMPLES = 16;

    private Gradients() {
    }

    /** Fails where an analytic gradient differs from the numeric one by more than a millionth of the largest. */
    public static void check(ComputationGraph graph, INDArray labels, INDArray... inputs) {
        check(graph, List.of(labels), inputs);
    }

    /** The same for a graph of several outputs, each with its labels. */
    static void check(ComputationGraph graph, List<INDArray> labels, INDArray... inputs) {
        NativeThreads.useOne(); // tiny products are slower on many threads
        graph.setInputs(inputs);
        graph.setLabels(labels.toArray(INDArray[]::new));
        graph.computeGradientAndScore();
        // Copies: the arrays are overwritten by each later computation.
        Map<String, INDArray> gradients = new HashMap<>();
        graph.gradient().gradientForVariable().forEach((name, gradient) -> gradients.put(name, gradient.dup('c')));
        assertThat(gradients.keySet()).isEqualTo(graph.paramTable().keySet());
        Random random = new Random(5);
        graph.paramTable().forEach((name, parameter) -> {
            INDArray analytic = gradients.get(name);
            double scale = Math.max(1e-3, analytic.amaxNumber().doubleValue());
            for (int sample = 0; sample < SAMPLES; sample++) {
                int i = random.nextInt(parameter.rows());
                int j = random.nextInt(parameter.columns());
                double before = parameter.getDouble(i, j);
                parameter.putScalar(i, j, before + STEP);
                double above = score(graph);
                parameter.putScalar(i, j, before - STEP);
                double below = score(graph);
                parameter.putScalar(i, j, before);
                double numeric = (above - below) / (2 * STEP);
                assertThat(Math.abs(analytic.getDouble(i, j) - numeric)).as("%s[%d, %d]: analytic %s, numeric %s", name, i, j,
                        analytic.getDouble(i, j), numeric).isLessThan(1e-6 * scale);
            }
        });
    }

    private static double score(ComputationGraph graph) {
        graph.computeGradientAndScore();
        return graph.score();
    }
}

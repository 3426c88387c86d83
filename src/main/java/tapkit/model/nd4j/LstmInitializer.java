package tapkit.model.nd4j;

import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First weights of an LSTM: inputs Xavier-uniform, each gate's recurrent matrix orthogonal, biases 0 and the forget gate's 1. */
final class LstmInitializer {
    private LstmInitializer() {
    }

    static void initialize(Map<String, INDArray> parameters, int hidden, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        parameters.forEach((name, array) -> {
            if (name.endsWith(".b")) {
                for (int j = 0; j < 4 * hidden; j++) {
                    array.putScalar(0, j, j / hidden == 1 ? 1 : 0);
                }
            } else if (name.endsWith(".R")) {
                for (int gate = 0; gate < 4; gate++) {
                    orthogonal(array, gate * hidden, hidden, random);
                }
            } else {
                double bound = Math.sqrt(6.0 / (array.rows() + array.columns()));
                for (int i = 0; i < array.rows(); i++) {
                    for (int j = 0; j < array.columns(); j++) {
                        array.putScalar(i, j, random.nextDouble(-bound, bound));
                    }
                }
            }
        });
    }

    /** Rows of normal numbers, made orthonormal one by one (Gram and Schmidt, twice over for accuracy). */
    private static void orthogonal(INDArray array, int fromRow, int size, SplittableRandom random) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            double[] row = rows[i];
            for (int j = 0; j < size; j++) {
                row[j] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    add(row, rows[k], -dot(row, rows[k]));
                }
            }
            double length = Math.sqrt(dot(row, row));
            for (int j = 0; j < size; j++) {
                row[j] /= length;
                array.putScalar(fromRow + i, j, row[j]);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static void add(double[] to, double[] what, double times) {
        for (int j = 0; j < to.length; j++) {
            to[j] += times * what[j];
        }
    }
}

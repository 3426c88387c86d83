package tapkit.evaluate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Least squares with an intercept, by the normal equations. A trace of ridge decides about inputs that are always 0. Inputs and
 * targets are mostly 0, so the sums are quickly made.
 */
final class LinearRegression {
    private static final double RIDGE = 1e-3;

    private final int inputs;
    private final int outputs;
    /** XᵀX and XᵀY; the last row is the intercept's. */
    private final DMatrixRMaj squares;
    private final DMatrixRMaj products;
    private final DMatrixRMaj weights;

    LinearRegression(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        squares = new DMatrixRMaj(inputs + 1, inputs + 1);
        products = new DMatrixRMaj(inputs + 1, outputs);
        weights = new DMatrixRMaj(inputs + 1, outputs);
    }

    /** Adds an example. */
    void add(float[] x, float[] y) {
        for (int row = 0; row <= inputs; row++) {
            double value = row == inputs ? 1 : x[row];
            if (value != 0) {
                for (int column = 0; column < inputs; column++) {
                    squares.data[row * (inputs + 1) + column] += value * x[column];
                }
                squares.data[row * (inputs + 1) + inputs] += value;
                for (int column = 0; column < outputs; column++) {
                    products.data[row * outputs + column] += value * y[column];
                }
            }
        }
    }

    /** Finds the weights for the examples so far. */
    void solve() {
        DMatrixRMaj regular = squares.copy();
        for (int i = 0; i <= inputs; i++) {
            regular.add(i, i, RIDGE);
        }
        var solver = LinearSolverFactory_DDRM.symmPosDef(inputs + 1);
        if (!solver.setA(regular)) {
            throw new IllegalStateException("not positive definite");
        }
        solver.solve(products, weights);
    }

    /** Fills {@code out}. */
    void predict(float[] x, double[] out) {
        System.arraycopy(weights.data, inputs * outputs, out, 0, outputs);
        for (int row = 0; row < inputs; row++) {
            if (x[row] != 0) {
                for (int column = 0; column < outputs; column++) {
                    out[column] += x[row] * weights.data[row * outputs + column];
                }
            }
        }
    }
}

package tapkit.model.nd4j;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link LatentVertex} describes: the reparametrisation of Kingma and Welling (2014), and its way back. */
@SuppressWarnings("overrides") // DL4J's own base class differs from its interface by an ellipsis
final class LatentGraphVertex extends BaseGraphVertex {
    private static final long serialVersionUID = 1L;

    private final LatentVertex config;

    LatentGraphVertex(LatentVertex config, ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, null, null, type);
        this.config = config;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        int latent = config.latent();
        double[] x = inputs[0].dup('c').data().asDouble();
        int batch = (int) inputs[0].size(0);
        SplittableRandom noise = noise();
        double[] z = new double[batch * latent];
        for (int n = 0; n < batch; n++) {
            for (int j = 0; j < latent; j++) {
                int mean = n * 2 * latent + j;
                z[n * latent + j] = x[mean] + (training ? softplus(x[mean + latent]) * noise.nextGaussian() : 0);
            }
        }
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, new long[]{batch, latent}, 'c');
        NativeArrays.set(out, z);
        return out;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        int latent = config.latent();
        double[] x = inputs[0].dup('c').data().asDouble();
        double[] above = epsilon.dup('c').data().asDouble();
        int batch = (int) inputs[0].size(0);
        SplittableRandom noise = noise();
        double[] gradient = new double[x.length];
        for (int n = 0; n < batch; n++) {
            for (int j = 0; j < latent; j++) {
                int mean = n * 2 * latent + j;
                gradient[mean] = above[n * latent + j];
                gradient[mean + latent] = above[n * latent + j] * noise.nextGaussian()
                        * LstmGraph.sigmoid(x[mean + latent]);
            }
        }
        INDArray down = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, inputs[0].shape(), 'c');
        NativeArrays.set(down, gradient);
        return new Pair<>(null, new INDArray[]{down});
    }

    /** The same on the way back as on the way there. */
    private SplittableRandom noise() {
        return new SplittableRandom(config.seed() ^ (graph.getIterationCount() + 1L) * 0x9E3779B97F4A7C15L);
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        if (view != null) {
            throw new IllegalStateException("there are no parameters here");
        }
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int minibatch) {
        return null;
    }

    @Override
    public String toString() {
        return "z " + config.latent();
    }
}

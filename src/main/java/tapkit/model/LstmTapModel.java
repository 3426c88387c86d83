package tapkit.model;

import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.LstmConfig.Activation;
import tapkit.model.LstmConfig.Head;

/** Tap2Drum by a network: {@link TapFeatures} in, three heads of nine voices out. */
public final class LstmTapModel implements TapModel {
    private static final List<Head> HEADS = List.of(new Head("hits", Grid.VOICES, Activation.SIGMOID),
            new Head("velocity", Grid.VOICES, Activation.SIGMOID), new Head("offset", Grid.VOICES, Activation.HALF_TANH));

    private final LstmNetwork network;
    private final float[] features = new float[TapFeatures.SIZE];
    private final float[][] heads = new float[HEADS.size()][];

    LstmTapModel(LstmNetwork network) {
        this.network = network;
    }

    /** The task's network in these sizes. */
    public static LstmConfig config(int layers, int hidden) {
        return new LstmConfig(TapFeatures.VERSION, TapFeatures.COUNT, layers, hidden, HEADS);
    }

    @Override
    public void predict(TapWindow taps, Prediction out) {
        TapFeatures.fill(taps, features);
        heads[0] = out.probabilities;
        heads[1] = out.velocities;
        heads[2] = out.offsets;
        network.run(features, Grid.STEPS, heads);
    }

    @Override
    public void close() {
        network.close();
    }
}

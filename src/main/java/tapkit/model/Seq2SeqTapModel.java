package tapkit.model;

import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/** Tap2Drum by the paper's Seq2Seq: taps without velocity, whatever is known of it. Not thread safe. */
public final class Seq2SeqTapModel implements TapModel {
    /** Least probability of a hit that is told to the next step; what its training validates with. */
    public static final double FED_BACK = 0.4;

    private final Seq2SeqNetwork network;
    private final float[] embedding;
    private final Groove read = new Groove();
    private final Groove written = new Groove();

    /** @param network has learned {@link Seq2SeqTask#TAP2DRUM} */
    public Seq2SeqTapModel(Seq2SeqNetwork network) {
        this.network = network;
        embedding = new float[network.config().embedded()];
    }

    @Override
    public void predict(TapWindow taps, Prediction out) {
        Seq2SeqTask.taps(taps, read);
        network.embed(read, embedding);
        network.write(embedding, read, StepSampler.at(taps, FED_BACK), out, written);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            // A prediction's offsets are from the tap, those of the paper's network from the grid.
            out.offsets[cell] -= taps.offsets[cell / Grid.VOICES];
        }
    }
}

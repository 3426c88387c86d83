package tapkit.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * Humanization by Groove Transfer (paper, section 4.4): a score is played with the mean embedding of the three known performances whose
 * scores are most like it, see {@link ScoreIndex}. Not thread safe.
 */
public final class NearestFeel implements Humanizer {
    private final Seq2SeqNetwork network;
    private final List<Groove> known;
    private final ScoreIndex nearest;
    private final Map<Integer, float[]> embeddings = new HashMap<>();
    private final Prediction said = new Prediction();
    private final Groove score = new Groove();

    /**
     * @param network has learned {@link Seq2SeqTask#TRANSFER}
     * @param known   performances of two bars
     */
    public NearestFeel(Seq2SeqNetwork network, List<Groove> known) {
        this.network = network;
        this.known = List.copyOf(known);
        nearest = new ScoreIndex(known);
    }

    @Override
    public void humanize(Piece piece, int bar, long seed, Groove groove) {
        int[] near = nearest.find(groove, ScoreIndex.K);
        float[] z = new float[network.config().latent()];
        for (int index : near) {
            float[] embedding = embeddings.computeIfAbsent(index, this::embed);
            for (int j = 0; j < z.length; j++) {
                z[j] += embedding[j] / near.length;
            }
        }
        score.copyFrom(groove);
        network.write(z, score, StepSampler.hitsOf(score), said, groove);
    }

    /** The mean; its deviations, if there are any, don't count. */
    private float[] embed(int index) {
        float[] embedding = new float[network.config().embedded()];
        network.embed(known.get(index), embedding);
        return embedding;
    }
}

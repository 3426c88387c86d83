package tapkit.model;

import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * Groove Transfer (paper, section 4.4): plays a score with the feel of another performance. That one's bars go round if the score is
 * longer. Not thread safe.
 */
public final class GrooveTransfer implements Humanizer {
    private final Seq2SeqNetwork network;
    private final GrooveLoop feel;
    private final Prediction said = new Prediction();
    private final Groove score = new Groove();

    /**
     * @param network     has learned {@link Seq2SeqTask#TRANSFER}
     * @param temperature 0 for what the performance most likely means, 1 for a draw of what it may mean (with a bottleneck)
     * @param seed        of that draw
     */
    public GrooveTransfer(Seq2SeqNetwork network, Piece performance, double temperature, long seed) {
        this.network = network;
        feel = new GrooveLoop(network, performance, temperature, seed);
    }

    @Override
    public void humanize(Piece piece, int bar, long seed, Groove groove) {
        score.copyFrom(groove);
        network.write(feel.at(bar), score, StepSampler.hitsOf(score), said, groove);
    }
}

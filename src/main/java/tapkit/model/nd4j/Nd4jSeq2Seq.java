package tapkit.model.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Prediction;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqNetwork;
import tapkit.model.Seq2SeqWeights;

/** The paper's Seq2Seq on DL4J, as it was trained: the reference. Slow, and it allocates. */
public final class Nd4jSeq2Seq extends Seq2SeqNetwork {
    private final Seq2Seq network;
    /** [1, latent] */
    private INDArray z;

    public Nd4jSeq2Seq(Seq2SeqWeights weights) {
        super(weights.config());
        NativeThreads.useOne();
        network = new Seq2Seq(weights);
        z = Nd4j.zeros(DataType.FLOAT, 1, weights.config().latent());
    }

    @Override
    public void embed(Groove read, float[] embedding) {
        float[] rows = new float[Grid.STEPS * Seq2SeqConfig.COLUMNS];
        for (int step = 0; step < Grid.STEPS; step++) {
            Seq2Seq.row(read, step, rows, step * Seq2SeqConfig.COLUMNS);
        }
        float[] out = network.embedding(Nd4j.createFromArray(rows).reshape('c', Grid.STEPS, Seq2SeqConfig.COLUMNS)).dup('c')
                .data().asFloat();
        System.arraycopy(out, 0, embedding, 0, out.length);
    }

    @Override
    protected void start(float[] embedding) {
        z = Nd4j.createFromArray(embedding).reshape('c', 1, config().latent());
        network.start();
    }

    @Override
    protected void step(float[] told, int step, Prediction said) {
        float[] raw = network.step(z, Nd4j.createFromArray(told).reshape('c', 1, told.length)).dup('c').data().asFloat();
        Seq2Seq.activate(raw, 0, step, said);
    }
}

package tapkit.engine;

import tapkit.model.Decoder;
import tapkit.model.Prediction;
import tapkit.model.TapModel;

/** Answers a question: prediction, then decision. Not thread safe; does not allocate. */
final class Responder {
    private final TapModel model;
    private final Decoder decoder;
    private final Prediction prediction = new Prediction();

    Responder(TapModel model, Decoder decoder) {
        this.model = model;
        this.decoder = decoder;
    }

    void respond(Question question, Answer out) {
        model.predict(question.window, prediction);
        decoder.decode(question.window, prediction, question.temperature, question.seed, out.groove);
        out.bar = question.bar;
        out.serial = question.serial;
        out.generation = question.generation;
    }
}

package tapkit.engine;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Prediction;
import tapkit.model.Reading;

/** Answers a question: prediction, then decision, then how it is read this time. Not thread safe; does not allocate. */
final class Responder {
    /** Velocities of the taps that stand for all soft and all loud ones. */
    private static final float SOFT = 0.4f;
    private static final float LOUD = 0.85f;

    private final Player[] players;
    private final Prediction prediction = new Prediction();
    private final Prediction other = new Prediction();
    private final Reading reading = new Reading();
    private final Groove tapped = new Groove();

    /** @param players at least one; a question for one that is not there goes to the last */
    Responder(List<Player> players) {
        this.players = players.toArray(Player[]::new);
    }

    void respond(Question question, Answer out) {
        Player player = players[Math.clamp(question.model, 0, players.length - 1)];
        out.replyTo(question);
        if (question.step == Question.NO_STEP) {
            play(player, question, out.groove);
        } else {
            column(player, question, SOFT, out.columns, 0);
            if (question.window.velocityKnown) {
                column(player, question, LOUD, out.columns, Grid.VOICES);
            } else {
                System.arraycopy(out.columns, 0, out.columns, Grid.VOICES, Grid.VOICES);
            }
        }
    }

    private void play(Player player, Question question, Groove out) {
        player.model().predict(question.window, prediction);
        TapWindow taps = question.window;
        if (question.morph > 0) {
            player.model().predict(question.other, other);
            prediction.mix(other, question.morph);
            taps = question.morph < 0.5 ? taps : question.other;
        }
        question.shape.bend(prediction);
        double temperature = question.shape.temperature;
        player.decoder().decode(taps, prediction, temperature, question.seed, out);
        if (question.variation > 0) {
            reading.read(player.decoder(), taps, prediction, temperature, question.seed, question.variation,
                    question.readingSeed, out);
        }
        question.shape.limit(prediction, out);
    }

    private void column(Player player, Question question, float velocity, float[] columns, int at) {
        TapWindow taps = question.window;
        taps.taps[question.step] = 1;
        taps.offsets[question.step] = 0;
        taps.velocities[question.step] = velocity;
        player.model().predict(taps, prediction);
        question.shape.bend(prediction);
        player.decoder().decode(taps, prediction, question.shape.temperature, question.seed, tapped);
        Arrays.fill(columns, at, at + Grid.VOICES, 0);
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int cell = Grid.cell(question.step, voice);
            columns[at + voice] = tapped.hits[cell] != 0 ? Math.max(tapped.velocities[cell], 1 / 127f) : 0;
        }
    }
}

package tapkit.engine;

import java.util.Arrays;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.tap.VelocitySense;

/**
 * What the model was asked, and which answers still count. Each tap asks at once, so that the answer is there when its bar closes; and
 * each bar is asked for one bar ahead, to be another reading of what is repeated. Not thread safe; does not allocate.
 */
final class Questions {
    private static final int BARS = 4;

    private final Inference inference;
    private final Prompter prompter;
    private final ControlBoard board;
    private final Timekeeper time;
    private final VelocitySense sense;
    private final Question question = new Question();
    private long asked;
    private long lost;
    /** The last question about each bar, and the generation that it was of. */
    private final long[] lastAsked = new long[BARS];
    private final long[] askedBars = new long[BARS];
    private final int[] askedGenerations = new int[BARS];
    private int generation;

    Questions(Inference inference, Prompter prompter, ControlBoard board, Timekeeper time, VelocitySense sense) {
        this.inference = inference;
        this.prompter = prompter;
        this.board = board;
        this.time = time;
        this.sense = sense;
        Arrays.fill(askedBars, Long.MIN_VALUE);
    }

    /**
     * Asks for the drums of a bar, if there is anything to play in it.
     *
     * @param fresh whether there are new taps in it
     */
    void ask(long bar, boolean fresh) {
        if (!prompter.ask(bar, question)) {
            return;
        }
        question.fresh = fresh;
        if (send()) {
            int slot = slot(bar);
            lastAsked[slot] = asked;
            askedBars[slot] = bar;
            askedGenerations[slot] = generation;
        }
    }

    /** Whether anything is to be played in a bar. */
    boolean isAnything(long bar) {
        return prompter.plays(bar);
    }

    /** Asks what a tap at a step would be. */
    void askTap(long step) {
        if (step >= 0) {
            prompter.askTap(step, question);
            question.fresh = false;
            send();
        }
    }

    private boolean send() {
        question.serial = ++asked;
        question.generation = generation;
        question.model = (int) board.get(Control.MODEL);
        question.shape.read(board);
        question.window.velocityKnown = sense.known();
        question.window.bpm = (float) time.clock().bpm();
        question.other.velocityKnown = question.window.velocityKnown;
        question.other.bpm = question.window.bpm;
        boolean taken = inference.ask(question);
        if (!taken) {
            lost++;
        }
        return taken;
    }

    /** Whether a bar was asked for since the taps were forgotten. */
    boolean isAsked(long bar) {
        int slot = slot(bar);
        return askedBars[slot] == bar && askedGenerations[slot] == generation;
    }

    /** Whether no question came after the one that this answers. */
    boolean isNewest(Answer answer) {
        return answer.serial == lastAsked[slot(answer.bar)];
    }

    /** Whether the answer is about taps that are not forgotten. */
    boolean counts(Answer answer) {
        return answer.generation == generation;
    }

    /** Answers about what was asked so far are void. */
    void forget() {
        generation++;
    }

    /** Questions that found no room. */
    long lost() {
        return lost;
    }

    private static int slot(long bar) {
        return (int) (bar & (BARS - 1));
    }
}

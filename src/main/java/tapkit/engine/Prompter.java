package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/**
 * Puts what is on stage into questions for the model. The question about a bar depends on what is on, on the session's seed and on the
 * bar alone, not on what was asked on the way. Not thread safe; does not allocate.
 */
final class Prompter {
    private final Stage stage;
    private final Wishes wishes;
    private final ControlBoard board;
    private final Question scratch = new Question();
    private long seed;

    Prompter(Stage stage, ControlBoard board, long seed) {
        this.stage = stage;
        this.wishes = stage.wishes();
        this.board = board;
        this.seed = seed;
    }

    void seed(long newSeed) {
        seed = newSeed;
    }

    /** Fills a question about the drums of a bar; false if nothing is to be played in it. */
    boolean ask(long bar, Question question) {
        boolean changes = stage.changesAt(bar);
        Material material = changes ? stage.prepared(bar) : stage.now();
        Mode mode = changes ? wishes.mode() : stage.mode();
        long first; // in which the two bars of taps begin to be played
        question.morph = 0;
        if (material.morphs) {
            question.window.copyFrom(material.phrase);
            question.other.copyFrom(material.other);
            question.morph = board.get(Control.MORPH) / 100;
            first = material.phraseBar;
            question.seed = Seeds.mix(seed, first);
        } else if (mode.loops()) {
            if ((mode == Mode.LOOP && stage.recordsIn(bar, material)) || material.loop.isEmpty()) {
                return false;
            }
            first = askLoop(bar, material, mode == Mode.TOGETHER, question);
        } else if (stage.log().hasTaps(bar - 1) && !stage.leavesAt(bar)) {
            stage.log().window(bar, wishes.phraseBars(), question.window);
            first = bar;
            question.seed = Seeds.mix(seed, first);
        } else if (material.hasPhrase) {
            question.window.copyFrom(material.phrase);
            first = material.phraseBar;
            question.seed = Seeds.mix(seed, first);
        } else {
            return false;
        }
        boolean asWritten = mode == Mode.ANSWER && bar - first < 2;
        question.bar = bar;
        question.half = (int) Math.floorMod(bar - first, 2L);
        question.step = Question.NO_STEP;
        question.readingSeed = Seeds.mix(~seed, bar);
        question.variation = asWritten ? 0 : board.get(Control.VARIATION) / 100;
        return true;
    }

    private long askLoop(long bar, Material material, boolean mirror, Question question) {
        double speed = stage.isAhead(bar) ? wishes.speed() : stage.speed();
        long origin = speed == stage.speed() ? material.origin : bar; // another speed begins the loop anew
        long first = origin + Math.floorDiv(bar - origin, 2L) * 2;
        material.loop.window(first - origin, speed, mirror, question.window);
        question.seed = Seeds.mix(seed, Math.floorMod(first - origin, (long) Math.max(2, material.loop.bars())));
        return first;
    }

    /** Fills a question about a tap to come. */
    void askTap(long step, Question question) {
        long bar = Math.floorDiv(step, (long) Grid.STEPS_PER_BAR);
        int half;
        if (stage.mode().loops()) {
            Material now = stage.now();
            long first = Math.floorDiv(bar - now.origin, 2L) * 2;
            now.loop.window(first, stage.speed(), stage.mode() == Mode.TOGETHER, question.window);
            half = (int) (bar - now.origin - first);
        } else {
            stage.log().lastTwo(bar, question.window);
            half = 1;
        }
        question.bar = bar;
        question.half = half;
        question.step = half * Grid.STEPS_PER_BAR + (int) Math.floorMod(step, (long) Grid.STEPS_PER_BAR);
        question.seed = Seeds.mix(seed, bar);
        question.morph = 0;
        question.variation = 0;
    }

    /** Whether anything is to be played in a bar. */
    boolean plays(long bar) {
        return ask(bar, scratch);
    }

    /** The taps that are played now, or null. */
    TapWindow sounding() {
        return stage.hasEntered() && ask(stage.entered(), scratch) ? scratch.window : null;
    }
}

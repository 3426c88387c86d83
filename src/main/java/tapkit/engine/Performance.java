package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * What sounds: bar after bar the phrase, changed by what is arranged, is handed over in time. A tap belongs to its nearest step, so
 * that a bar closes half a step before its bar line; from there on its answer may sound. Not thread safe; does not allocate.
 */
final class Performance {
    /** Hits are handed over at least this long before they sound, for the page and for a thread that gets its turn late. */
    private static final long LEAD_NANOS = 60_000_000;
    /** The same while taps sound at once: a hit that was handed over already is not the hand's any more. */
    private static final long DIRECT_LEAD_NANOS = 25_000_000;
    /** How far past its hand-over an answer's first hit may be for the answer to be still in time. */
    private static final long TOLERANCE_NANOS = 2_000_000;
    private static final long NONE = Long.MIN_VALUE;

    private final Timekeeper time;
    private final Stage stage;
    private final Questions questions;
    private final Arrangement arrangement;
    private final StruckCells struck;
    private final Kit kit;
    private final ControlBoard board;
    private final Phrase phrase = new Phrase();
    private final Groove arranged = new Groove();
    private final BarPlan plan;
    private long bar = NONE;
    /** The newest answer for the bar after the one that is played. */
    private final Answer ready = new Answer();
    private long answered;
    private long answeredBar = NONE;
    private long skipped;

    Performance(Timekeeper time, Stage stage, Questions questions, Arrangement arrangement, StruckCells struck, Kit kit,
            ControlBoard board) {
        this.time = time;
        this.stage = stage;
        this.questions = questions;
        this.arrangement = arrangement;
        this.struck = struck;
        this.kit = kit;
        this.board = board;
        plan = new BarPlan(struck);
        ready.bar = NONE;
    }

    /** Whether a bar is played. */
    boolean isOn() {
        return bar != NONE;
    }

    /** The bar that is played; only while one is. */
    long bar() {
        return bar;
    }

    Phrase phrase() {
        return phrase;
    }

    /** Bars that an inference answered in time. */
    long answered() {
        return answered;
    }

    /** Answers that came too late. */
    long skipped() {
        return skipped;
    }

    /** How long before it sounds a hit is handed over. */
    long leadNanos() {
        return Math.max(stage.mode().loops() && stage.sounds() ? DIRECT_LEAD_NANOS : LEAD_NANOS, kit.portLeadNanos());
    }

    // --- the run of the bars

    /** Hands over what is due. Returns whether mode or part changed. */
    boolean play() {
        boolean changed = false;
        double horizon = time.stepsAt(time.nowNanos() + leadNanos());
        long next = Timekeeper.barOf(horizon);
        if (!isOn()) {
            changed = enter(next);
            plan.skipTo(openPosition());
        } else if (next > bar) {
            schedule(Grid.STEPS_PER_BAR);
            changed = enter(next);
            horizon = time.stepsAt(time.nowNanos() + leadNanos()); // the mode may be another now
        }
        schedule(horizon - bar * Grid.STEPS_PER_BAR);
        return changed;
    }

    private boolean enter(long next) {
        bar = next;
        plan.begin(next);
        boolean changed = stage.enter(next);
        if (!questions.isAnything(next)) {
            phrase.drop();
        } else if (ready.bar == next && questions.counts(ready)) {
            adopt(ready);
        } else if (!questions.isAsked(next)) {
            questions.ask(next, false);
        }
        fill();
        if (!questions.isAsked(next + 1)) {
            questions.ask(next + 1, false);
        }
        return changed;
    }

    /** No bar is played any more. */
    void leave() {
        bar = NONE;
    }

    /** The count of bars jumps, here; if the song begins anew, nothing is played yet. */
    void jump(long to, boolean anew) {
        answeredBar = NONE;
        struck.clear();
        arrangement.clear();
        ready.bar = NONE;
        phrase.jump(to, anew);
    }

    /** Nothing is left to play. */
    void forget() {
        arrangement.clear();
        plan.drop();
        phrase.drop();
        ready.bar = NONE;
    }

    /** What was not handed over yet does not sound. */
    void drop() {
        plan.drop();
    }

    // --- answers

    /** Takes an answer about a bar that still counts. */
    void take(Answer given) {
        if (!isOn() || given.bar == bar + 1) {
            ready.copyFrom(given);
        } else if (given.bar == bar && (stage.mode().loops() || isInTime(given))) {
            adopt(given);
            refill();
        } else if (given.fresh && given.bar <= bar && questions.isNewest(given)) {
            skipped++;
        }
    }

    private boolean isInTime(Answer given) {
        double first = plan.firstOf(given.groove, given.half, microtiming());
        return Double.isNaN(first) || time.nowNanos() <= hitNanos(first) - kit.portLeadNanos() + TOLERANCE_NANOS;
    }

    private void adopt(Answer given) {
        phrase.take(given);
        if (given.fresh && answeredBar != given.bar) {
            answeredBar = given.bar;
            answered++;
        }
    }

    /** What is played is another from the next bar line on, or, if nothing is left to play, at once. */
    void change() {
        ready.bar = NONE;
        if (isOn()) {
            if (stage.mode().loops()) {
                questions.ask(bar, false);
            }
            if (stage.isEmpty()) {
                phrase.drop();
                refill();
            }
            questions.ask(bar + 1, false);
        }
    }

    /** The next bar is asked for once more. */
    void askAgain() {
        if (isOn()) {
            questions.ask(bar + 1, false);
        }
    }

    // --- the bar

    /** Puts what is to be played of this bar into the plan. */
    void fill() {
        int half = phrase.half(bar);
        if (arrangement.changes(bar)) {
            arranged.clear();
            if (phrase.isKnown()) {
                arranged.copyBar(phrase.grooveOrNull(), half);
            }
            arrangement.apply(bar, arranged);
            plan.fill(arranged, 0, microtiming());
        } else if (phrase.isKnown()) {
            plan.fill(phrase.grooveOrNull(), half, microtiming());
        } else {
            plan.drop();
        }
    }

    /** The same while the bar is played: what is new in it and lies behind is left out. */
    void refill() {
        fill();
        plan.skipTo(openPosition());
    }

    /** The position of now, in steps of the bar that is planned. */
    double openPosition() {
        return time.stepsAt(time.nowNanos()) - bar * Grid.STEPS_PER_BAR;
    }

    private double microtiming() {
        return board.get(Control.MICROTIMING) / 100;
    }

    /** Schedules the hits of the plan up to a position in steps of its bar. */
    private void schedule(double position) {
        while (plan.hasNext() && plan.position() <= position) {
            kit.strike(plan.voice(), plan.velocity(), hitNanos(plan.position()));
            plan.take();
        }
    }

    private long hitNanos(double position) {
        return time.nanosAt(bar * Grid.STEPS_PER_BAR + position);
    }
}

package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;

/** The song's run: it begins and ends with the clock, jumps, is forgotten. Not thread safe; does not allocate. */
final class Song {
    private final Timekeeper time;
    private final Knobs knobs;
    private final Stage stage;
    private final Questions questions;
    private final Arrangement arrangement;
    private final Performance performance;
    private final Hands hands;
    private final Kit kit;
    private final ControlBoard board;
    private boolean running;
    private boolean begun;
    private int epoch;
    /** The beat of the count-in that clicks next; 0: none does. */
    private int nextClick;

    Song(Timekeeper time, Knobs knobs, Stage stage, Questions questions, Arrangement arrangement, Performance performance,
            Hands hands, Kit kit, ControlBoard board) {
        this.time = time;
        this.knobs = knobs;
        this.stage = stage;
        this.questions = questions;
        this.arrangement = arrangement;
        this.performance = performance;
        this.hands = hands;
        this.kit = kit;
        this.board = board;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether it has begun to run since this was asked last. */
    boolean hasBegun() {
        boolean was = begun;
        begun = false;
        return was;
    }

    /** Goes with the clock, which may have started, stopped or jumped. */
    void follow() {
        if (time.clock().running() == running && time.clock().epoch() == epoch) {
            return;
        }
        if (running) {
            silence();
        }
        running = time.clock().running();
        nextClick = 0;
        performance.leave();
        if (time.clock().epoch() != epoch) {
            epoch = time.clock().epoch();
            jump();
        }
        if (running) {
            time.forgetTold();
            begun = true;
        }
    }

    /** From a start everything begins anew, but for a loop; else the phrase stays and starts over. */
    private void jump() {
        hands.restart();
        questions.forget();
        long bar = Timekeeper.barOf(time.stepsAt(time.nowNanos()));
        boolean anew = time.clock().anew();
        stage.jump(bar, anew);
        performance.jump(bar, anew);
    }

    /** Plays what is due. */
    void play() {
        click();
        if (performance.play()) {
            hands.restart();
        }
        long endBar = arrangement.endBar();
        if (performance.bar() >= endBar
                && time.stepsAt(time.nowNanos()) >= endBar * Grid.STEPS_PER_BAR + Grid.STEPS_PER_BEAT) {
            end();
        }
    }

    /** The ending is over: a clock of our own stops, and where another one runs on nothing is played. */
    private void end() {
        if (time.isOwn()) {
            arrangement.clear();
            time.stop();
            follow();
        } else {
            forget();
        }
    }

    /** Starts, after as many bars of clicks as the count-in wants. */
    void start(long at) {
        startCounted(at, countIn());
    }

    /** Starts to record; a hand that has pressed a button needs a bar to find the pad. */
    void startRecording(long at) {
        startCounted(at, Math.max(1, countIn()));
    }

    private int countIn() {
        return (int) board.get(Control.COUNT_IN);
    }

    /** Starts some bars from now, each beat of which clicks. */
    private void startCounted(long at, int bars) {
        if (!time.isOwn()) {
            return;
        }
        int beats = bars * Grid.STEPS_PER_BAR / Grid.STEPS_PER_BEAT;
        time.start(at + Math.round(beats * 60e9 / time.clock().bpm()));
        follow();
        nextClick = -beats;
        click();
    }

    /** Hands over the clicks that are due; not earlier, for the tempo may change in the count-in. */
    private void click() {
        for (; nextClick < 0; nextClick++) {
            long at = time.clock().nanosAt(nextClick);
            if (at - time.nowNanos() > performance.leadNanos()) {
                return;
            }
            kit.click(Math.floorMod(nextClick, 4) == 0, Math.max(time.nowNanos(), at));
        }
    }

    /** Stops; where another's clock runs on, what plays ends. */
    void stop() {
        if (time.isOwn()) {
            time.stop();
        } else {
            silence();
            forget();
        }
    }

    /** A beat of the tempo that is wanted; where taps count in, the fourth starts. */
    void pressTempo(long at) {
        double bpm = time.press(at);
        if (bpm > 0) {
            time.tempo(bpm, at);
            knobs.turn(Control.BPM, bpm, at);
        }
        if (time.countsIn() && !time.clock().running()) {
            time.startIfCounted();
        }
    }

    /** Forgets taps and drums. */
    void forget() {
        stage.clear();
        performance.forget();
        questions.forget();
        hands.forget();
    }

    /** All notes off. */
    void silence() {
        performance.drop();
        kit.silence(time.nowNanos());
    }

    /** What is played is another. */
    void change() {
        questions.forget();
        hands.forget();
        performance.change();
    }
}

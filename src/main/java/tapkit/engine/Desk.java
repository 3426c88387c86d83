package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.grid.Groove;

/** The mixing desk: what turning each control sets off. Not thread safe; does not allocate. */
final class Desk {
    private static final int MOST_SEEDS = 1_000_000;

    private final Timekeeper time;
    private final Knobs knobs;
    private final ControlBoard board;
    private final Song song;
    private final Stage stage;
    private final Prompter prompter;
    private final Arrangement arrangement;
    private final Performance performance;
    private final DirectPath path;
    private final Snapshots snapshots;
    private long seed;
    /** Fills that were called for; each is another one. */
    private long fills;

    Desk(Timekeeper time, Knobs knobs, ControlBoard board, Song song, Stage stage, Prompter prompter, Arrangement arrangement,
            Performance performance, DirectPath path, long seed) {
        this.time = time;
        this.knobs = knobs;
        this.board = board;
        this.song = song;
        this.stage = stage;
        this.prompter = prompter;
        this.arrangement = arrangement;
        this.performance = performance;
        this.path = path;
        this.seed = seed;
        snapshots = new Snapshots(board);
        path.on(board.isOn(Control.DIRECT));
    }

    void turn(InputEvent event, long at) {
        Control control = event.control;
        int knob = Knob.index(control, event.voice);
        double value = control.kind() == Control.Kind.TRIGGER ? 1 : control.changed(board.get(knob), event.change, event.value);
        knobs.turn(knob, value, at);
        switch (control) {
            case BPM -> time.tempo(value, at);
            case TAP_TEMPO -> song.pressTempo(at);
            case START -> song.start(at);
            case STOP -> song.stop();
            case START_STOP -> {
                if (time.clock().running()) {
                    song.stop();
                } else {
                    song.start(at);
                }
            }
            case PANIC -> {
                song.silence();
                song.forget();
            }
            case CLEAR -> song.forget();
            case FOLLOW -> {
                if (value == 0) {
                    time.tempo(board.get(Control.BPM), at);
                }
            }
            case DIRECT -> path.on(value != 0);
            case MICROTIMING -> {
                if (performance.isOn()) {
                    performance.refill();
                }
            }
            case TEMPERATURE, DENSITY, THRESHOLD, MAXIMUM, VARIATION, MODEL, MODE, PART, PHRASE, TIME ->
                performance.askAgain();
            case SEED -> reseed((long) value);
            case REROLL -> {
                long next = Math.floorMod(Seeds.mix(seed, 0), (long) MOST_SEEDS);
                knobs.turn(Control.SEED, (double) next, at);
                reseed(next);
            }
            case RECORD -> record(at);
            case UNDO -> undo(true);
            case REDO -> undo(false);
            case FILL, BREAK, ENDING -> arrange(control);
            case STORE_A -> snapshots.store(0, prompter.sounding());
            case STORE_B -> snapshots.store(1, prompter.sounding());
            case MORPH -> morph(value / 100, at);
            default -> {
                // its value is read where it is needed, or it is somebody else's
            }
        }
    }

    private void reseed(long newSeed) {
        seed = newSeed;
        prompter.seed(newSeed);
        performance.askAgain();
    }

    /** The recorded loop begins with the next bar; where nothing runs yet, after a count-in. */
    private void record(long at) {
        if (stage.mode() != Mode.LOOP) {
            knobs.turn(Control.MODE, Mode.LOOP.ordinal(), at);
        }
        if (!time.clock().running() && time.isOwn()) {
            song.startRecording(at);
        }
        stage.record();
        performance.askAgain();
    }

    private void undo(boolean back) {
        if (stage.undo(back)) {
            song.change();
        }
    }

    private void arrange(Control control) {
        if (!performance.isOn()) {
            return;
        }
        long bar = performance.bar();
        double bpm = time.clock().bpm();
        Groove playing = performance.phrase().grooveOrNull();
        switch (control) {
            case FILL -> {
                arrangement.fill(bar, performance.openPosition(), bpm, playing, Seeds.mix(seed, ++fills));
                performance.refill();
            }
            case BREAK -> arrangement.pause(bar);
            default -> arrangement.end(bar, bpm, playing, Seeds.mix(seed, ++fills));
        }
    }

    private void morph(double share, long at) {
        if (!snapshots.complete()) {
            return;
        }
        stage.morph(snapshots.taps(0), snapshots.taps(1));
        for (int knob = 0; knob < Knob.ALL.size(); knob++) {
            double value = snapshots.between(knob, share);
            if (Snapshots.holds(Knob.ALL.get(knob)) && value != board.get(knob)) {
                knobs.turn(knob, value, at);
            }
        }
        performance.askAgain();
    }
}

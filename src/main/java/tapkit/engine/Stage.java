package tapkit.engine;

import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.telemetry.EngineSnapshot;

/**
 * What is on: the mode, the part of the song, and which taps each bar is to play. Changes of mode and part wait for the bar line.
 * Single-threaded; does not allocate.
 */
final class Stage {
    private static final long NONE = Long.MIN_VALUE;

    private final Wishes wishes;
    private final TapLog log = new TapLog();
    private final Parts parts;
    /** What a bar ahead will play, where that is not what is played now. */
    private final Material ahead = new Material();
    private final LoopRecording recording = new LoopRecording();
    private Mode mode;
    /** The bar that was entered last. */
    private long entered = NONE;
    /** The pass that history was kept for. */
    private long keptPass = NONE;
    /** How many times as fast as it was tapped the loop is played. */
    private double speed;

    Stage(ControlBoard board) {
        wishes = new Wishes(board);
        mode = wishes.mode();
        speed = wishes.speed();
        parts = new Parts(wishes.part(), mode.loops());
    }

    Mode mode() {
        return mode;
    }

    /** Which part plays, as {@link Control#PART} counts. */
    int part() {
        return parts.playing();
    }

    /** Whether a loop is being recorded, or will be. */
    EngineSnapshot.Recording state() {
        return recording.state();
    }

    /** Whether taps sound at once. */
    boolean sounds() {
        return wishes.direct() || mode == Mode.TOGETHER || (mode == Mode.LOOP
                && (recording.isOn() || recording.isArmed() || wishes.overdubs() || now().loop.isEmpty()));
    }

    /** Whether there is anything to play, whatever mode or part. */
    boolean isEmpty() {
        return now().isEmpty() && log.isEmpty();
    }

    /** Whether taps of a bar wait for their answer. */
    boolean hasTaps(long bar) {
        return mode == Mode.ANSWER && log.hasTaps(bar);
    }

    // --- the run of the bars

    /**
     * The count of bars jumps.
     *
     * @param anew whether the song begins; else what was played goes on
     */
    void jump(long bar, boolean anew) {
        log.clear();
        recording.jump(Math.max(0, bar));
        keptPass = NONE;
        entered = NONE;
        if (anew && mode != Mode.LOOP) {
            now().clear();
        }
        parts.jump(bar);
    }

    /** Forgets taps and drums of this part. */
    void clear() {
        if (!now().isEmpty()) {
            parts.keep();
        }
        now().clear();
        log.clear();
        recording.cancel();
        keptPass = NONE;
    }

    /** The bar line: mode and part change, recording begins and ends. Returns whether anything changed. */
    boolean enter(long bar) {
        boolean changes = changesAt(bar);
        if (changes) {
            change(bar);
        }
        if (wishes.speed() != speed) {
            speed = wishes.speed();
            now().origin = bar;
            now().loop.refresh(0);
            changes = true;
        }
        entered = bar;
        switch (mode) {
            case ANSWER -> answer(bar);
            case TOGETHER -> forget(bar);
            case LOOP -> record(bar);
        }
        return changes;
    }

    private void change(long bar) {
        if (!now().isEmpty()) {
            parts.keep();
        }
        prepared(bar);
        if (parts.isElsewhere(wishes.part())) {
            log.clear(); // those taps were for the part before
        }
        parts.goTo(wishes.part());
        mode = wishes.mode();
        now().copyFrom(ahead);
        now().loop.refresh(now().pass(bar, speed));
        recording.end();
        keptPass = NONE;
    }

    private void answer(long bar) {
        if (log.hasTaps(bar - 1)) {
            if (now().hasPhrase) {
                parts.keep();
            }
            log.window(bar, wishes.phraseBars(), now().phrase);
            now().hasPhrase = true;
            now().morphs = false;
            now().phraseBar = bar;
        }
    }

    private void forget(long bar) {
        TapLoop loop = now().loop;
        if (!loop.isEmpty() && loop.bars() <= Grid.BARS && loop.bars() != wishes.phraseBars()) {
            loop.resize(wishes.phraseBars());
            loop.refresh(now().pass(bar, speed));
        }
        loop.forget(now().pass(bar, speed), wishes.memory());
    }

    private void record(long bar) {
        if (recording.isDue(bar)) {
            beginRecording(bar);
        } else if (recording.isOn() && bar >= now().origin + now().loop.bars()) {
            recording.end();
        }
    }

    private void beginRecording(long bar) {
        parts.keep();
        now().clear();
        now().loop.reset(wishes.loopBars());
        now().origin = bar;
        recording.begin();
        keptPass = now().pass(bar, speed);
    }

    // --- what comes in

    /** A tap. Returns whether it is heard in what is played from now on. */
    boolean tap(long bar, int step, float offset, float velocity) {
        switch (mode) {
            case ANSWER -> {
                log.add(bar, step, offset, velocity);
                hearLate(bar);
            }
            case TOGETHER -> {
                if (now().loop.isEmpty()) {
                    now().loop.reset(wishes.phraseBars());
                    now().origin = bar;
                }
                addToLoop(bar, step, offset, velocity, wishes.adapts());
            }
            case LOOP -> {
                if (now().loop.isEmpty() && !recording.isOn() && !recording.isArmed()) {
                    beginRecording(bar);
                }
                if (!recording.isOn() && !wishes.overdubs()) {
                    return false;
                }
                addToLoop(bar, step, offset, velocity, false);
            }
        }
        return true;
    }

    /** A tap that came after its bar had closed is heard all the same. */
    private void hearLate(long bar) {
        if (bar < entered && now().hasPhrase && now().phraseBar == entered) {
            log.window(entered, wishes.phraseBars(), now().phrase);
        } else if (bar == entered - 1) {
            answer(entered);
        }
    }

    private void addToLoop(long bar, int step, float offset, float velocity, boolean givesWay) {
        TapLoop loop = now().loop;
        long pass = now().pass(bar, speed);
        if (keptPass != pass) {
            keptPass = pass;
            parts.keep();
        }
        now().morphs = false;
        double position = ((bar - now().origin) * Grid.STEPS_PER_BAR + step + (double) offset) * speed;
        int at = (int) Math.floorMod(Grid.step(position), (long) loop.steps());
        if (givesWay && !loop.isTapped(at)) {
            loop.giveWay(pass);
        }
        loop.add(at, (float) Grid.offset(position), velocity, pass);
    }

    /** The button: records from the next bar on; while a loop is recorded, ends it with this bar. */
    void record() {
        if (recording.isOn() && entered != NONE) {
            int bars = 1;
            while (bars < entered + 1 - now().origin) {
                bars *= 2;
            }
            now().loop.resize(Math.min(bars, now().loop.bars()));
        } else {
            recording.arm(entered == NONE ? 0 : Math.max(0, entered + 1));
        }
    }

    /** Goes back to before the last pass, or forward again. Returns whether there was anything. */
    boolean undo(boolean back) {
        log.clear();
        recording.cancel();
        keptPass = NONE;
        boolean done = back ? parts.undo() : parts.redo();
        if (done) {
            now().convert(mode.loops(), entered, wishes.phraseBars(), speed);
        }
        return done;
    }

    /** From now on what lies between two phrases is played. */
    void morph(TapWindow from, TapWindow to) {
        if (!now().morphs) {
            parts.keep();
            now().phrase.copyFrom(from);
            now().other.copyFrom(to);
            now().hasPhrase = true;
            now().morphs = true;
            now().phraseBar = Math.max(0, entered);
            log.clear();
        }
    }

    // --- what is played, for the one who asks the model

    Wishes wishes() {
        return wishes;
    }

    TapLog log() {
        return log;
    }

    Material now() {
        return parts.now();
    }

    double speed() {
        return speed;
    }

    /** Whether any bar was entered; and if so, the last. */
    boolean hasEntered() {
        return entered != NONE;
    }

    long entered() {
        return entered;
    }

    boolean isAhead(long bar) {
        return !hasEntered() || bar > entered;
    }

    /** Whether mode or part will be another in a bar ahead. */
    boolean changesAt(long bar) {
        return isAhead(bar) && (wishes.mode() != mode || wishes.part() != parts.playing());
    }

    /** Whether that bar will begin a part with a groove of its own. */
    boolean leavesAt(long bar) {
        return changesAt(bar) && parts.isElsewhere(wishes.part());
    }

    /** Whether a loop is recorded in a bar. */
    boolean recordsIn(long bar, Material material) {
        return recording.isDue(bar) || (recording.isOn() && bar < material.origin + material.loop.bars());
    }

    /** What the wanted part will play in the wanted mode from a bar on; an empty part begins as this one. */
    Material prepared(long bar) {
        Material wanted = parts.of(wishes.part());
        ahead.copyFrom(wanted.isEmpty() ? now() : wanted);
        ahead.convert(wishes.mode().loops(), bar, wishes.phraseBars(), speed);
        return ahead;
    }
}

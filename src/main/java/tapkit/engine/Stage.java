package tapkit.engine;

import java.util.Arrays;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.telemetry.EngineSnapshot;

/**
 * What is on: the mode, the part of the song, and which taps each bar is to play. Changes of mode and part wait for the bar line.
 * Single-threaded; does not allocate.
 */
final class Stage {
    /** As {@link Control#MODE} counts them. */
    enum Mode {
        ANSWER,
        TOGETHER,
        LOOP;

        private static final Mode[] ALL = values();

        /** Whether taps lie in a loop, else in a phrase that is answered. */
        boolean loops() {
            return this != ANSWER;
        }
    }

    private static final int PARTS = 3;
    private static final int INFINITE = 10;
    private static final int ADAPTIVE = 11;
    private static final long NONE = Long.MIN_VALUE;

    private final ControlBoard board;
    private final TapLog log = new TapLog();
    private final Material[] parts = new Material[PARTS];
    private final History[] histories = new History[PARTS];
    /** What a bar ahead will play, where that is not what is played now. */
    private final Material ahead = new Material();
    private final Snapshots snapshots;
    private Mode mode = Mode.ANSWER;
    private int part;
    /** The bar that was entered last. */
    private long entered = NONE;
    /** The bar in which recording is to begin. */
    private long recordFrom = NONE;
    private boolean recording;
    /** The pass that history was kept for. */
    private long keptPass = NONE;
    private long seed;
    /** How many times as fast as it was tapped the loop is played. */
    private double speed;

    Stage(ControlBoard board, long seed) {
        this.board = board;
        this.seed = seed;
        Arrays.setAll(parts, i -> new Material());
        Arrays.setAll(histories, i -> new History());
        snapshots = new Snapshots(board);
        mode = wantedMode();
        part = wantedPart();
        speed = wantedSpeed();
        for (Material material : parts) {
            material.looped = mode.loops();
        }
    }

    Mode mode() {
        return mode;
    }

    /** Whether a loop is being recorded, or will be. */
    EngineSnapshot.Recording state() {
        return recording
                ? EngineSnapshot.Recording.ON
                : armed() ? EngineSnapshot.Recording.ARMED : EngineSnapshot.Recording.NONE;
    }

    private boolean armed() {
        return recordFrom != NONE;
    }

    /** Whether taps sound at once. */
    boolean sounds() {
        return board.isOn(Control.DIRECT) || mode == Mode.TOGETHER
                || (mode == Mode.LOOP && (recording || armed() || board.isOn(Control.OVERDUB) || now().loop.isEmpty()));
    }

    /** Whether there is anything to play, whatever mode or part. */
    boolean isEmpty() {
        return now().isEmpty() && log.isEmpty();
    }

    /** Whether taps of a bar wait for their answer. */
    boolean hasTaps(long bar) {
        return mode == Mode.ANSWER && log.hasTaps(bar);
    }

    void seed(long newSeed) {
        seed = newSeed;
    }

    // --- the run of the bars

    /** The count of bars begins anew: from the start of the song, or elsewhere, where what was played goes on. */
    void jump(long bar) {
        log.clear();
        recordFrom = NONE;
        recording = false;
        keptPass = NONE;
        entered = NONE;
        if (bar <= 0 && mode != Mode.LOOP) {
            now().clear();
        }
        for (Material material : parts) {
            material.phraseBar = Math.max(0, bar);
            material.origin = Math.max(0, bar);
        }
    }

    /** Forgets taps and drums of this part. */
    void clear() {
        if (!now().isEmpty()) {
            histories[part].keep(now());
        }
        now().clear();
        log.clear();
        recordFrom = NONE;
        recording = false;
        keptPass = NONE;
    }

    /** The bar line: mode and part change, recording begins and ends. Returns whether anything changed. */
    boolean enter(long bar) {
        boolean changes = changesAt(bar);
        if (changes) {
            if (!now().isEmpty()) {
                histories[part].keep(now());
            }
            prepared(bar);
            if (wantedPart() != part && !parts[wantedPart()].isEmpty()) {
                log.clear(); // those taps were for the part before
            }
            part = wantedPart();
            mode = wantedMode();
            now().copyFrom(ahead);
            now().loop.refresh(pass(now(), bar));
            recording = false;
            keptPass = NONE;
        }
        if (wantedSpeed() != speed) {
            speed = wantedSpeed();
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

    private void answer(long bar) {
        if (log.hasTaps(bar - 1)) {
            if (now().hasPhrase) {
                histories[part].keep(now());
            }
            log.window(bar, phraseBars(), now().phrase);
            now().hasPhrase = true;
            now().morphs = false;
            now().phraseBar = bar;
        }
    }

    private void forget(long bar) {
        TapLoop loop = now().loop;
        if (!loop.isEmpty() && loop.bars() <= Grid.BARS && loop.bars() != phraseBars()) {
            loop.resize(phraseBars());
            loop.refresh(pass(now(), bar));
        }
        int memory = (int) board.get(Control.MEMORY);
        if (memory < INFINITE) {
            loop.forget(pass(now(), bar), memory);
        }
    }

    private void record(long bar) {
        if (recordFrom != NONE && bar >= recordFrom) {
            beginRecording(bar);
        } else if (recording && bar >= now().origin + now().loop.bars()) {
            recording = false;
        }
    }

    private void beginRecording(long bar) {
        histories[part].keep(now());
        now().clear();
        now().loop.reset(1 << (int) board.get(Control.LOOP_BARS));
        now().origin = bar;
        recordFrom = NONE;
        recording = true;
        keptPass = pass(now(), bar);
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
                    now().loop.reset(phraseBars());
                    now().origin = bar;
                }
                addToLoop(bar, step, offset, velocity, board.get(Control.MEMORY) == ADAPTIVE);
            }
            case LOOP -> {
                if (now().loop.isEmpty() && !recording && !armed()) {
                    beginRecording(bar);
                }
                if (!recording && !board.isOn(Control.OVERDUB)) {
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
            log.window(entered, phraseBars(), now().phrase);
        } else if (bar == entered - 1) {
            answer(entered);
        }
    }

    private void addToLoop(long bar, int step, float offset, float velocity, boolean givesWay) {
        TapLoop loop = now().loop;
        long pass = pass(now(), bar);
        if (keptPass != pass) {
            keptPass = pass;
            histories[part].keep(now());
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
        if (recording && entered != NONE) {
            int bars = 1;
            while (bars < entered + 1 - now().origin) {
                bars *= 2;
            }
            now().loop.resize(Math.min(bars, now().loop.bars()));
        } else {
            recordFrom = entered == NONE ? 0 : Math.max(0, entered + 1);
        }
    }

    /** Goes back to before the last pass, or forward again. Returns whether there was anything. */
    boolean undo(boolean back) {
        log.clear();
        recording = false;
        recordFrom = NONE;
        keptPass = NONE;
        boolean looped = now().looped;
        boolean done = back ? histories[part].undo(now()) : histories[part].redo(now());
        if (done && now().looped != looped) {
            convert(now(), mode, entered);
        }
        return done;
    }

    /** Keeps what is played as a snapshot, 0 or 1. */
    void store(int which, Question scratch) {
        if (entered != NONE && ask(entered, scratch)) {
            snapshots.store(which, scratch.window);
        } else {
            snapshots.store(which, null);
        }
    }

    /** The snapshots, where both are stored; else null. */
    Snapshots morph() {
        if (!snapshots.complete()) {
            return null;
        }
        Material now = now();
        if (!now.morphs) {
            histories[part].keep(now);
            now.phrase.copyFrom(snapshots.taps(0));
            now.other.copyFrom(snapshots.taps(1));
            now.hasPhrase = true;
            now.morphs = true;
            now.phraseBar = Math.max(0, entered);
            log.clear();
        }
        return snapshots;
    }

    // --- what the model is asked

    /** Fills a question about the drums of a bar; false if nothing is to be played in it. */
    boolean ask(long bar, Question question) {
        boolean changes = changesAt(bar);
        Material material = changes ? prepared(bar) : now();
        Mode in = changes ? wantedMode() : mode;
        long first;
        long place;
        question.morph = 0;
        if (material.morphs) {
            question.window.copyFrom(material.phrase);
            question.other.copyFrom(material.other);
            question.morph = board.get(Control.MORPH) / 100;
            first = material.phraseBar;
            place = first;
        } else if (in.loops()) {
            boolean willRecord = recordFrom != NONE && bar >= recordFrom;
            boolean isRecorded = recording && bar < material.origin + material.loop.bars();
            if ((in == Mode.LOOP && (willRecord || isRecorded)) || material.loop.isEmpty()) {
                return false;
            }
            double at = isAhead(bar) ? wantedSpeed() : speed;
            long origin = at == speed ? material.origin : bar; // another speed begins the loop anew
            first = origin + Math.floorDiv(bar - origin, 2L) * 2;
            material.loop.window(first - origin, at, in == Mode.TOGETHER, question.window);
            place = Math.floorMod(first - origin, (long) Math.max(2, material.loop.bars()));
        } else if (log.hasTaps(bar - 1) && !(changes && wantedPart() != part && !parts[wantedPart()].isEmpty())) {
            log.window(bar, phraseBars(), question.window);
            first = bar;
            place = bar;
        } else if (material.hasPhrase) {
            question.window.copyFrom(material.phrase);
            first = material.phraseBar;
            place = first;
        } else {
            return false;
        }
        question.bar = bar;
        question.half = (int) Math.floorMod(bar - first, 2L);
        question.step = Question.NO_STEP;
        question.seed = Seeds.mix(seed, place);
        question.readingSeed = Seeds.mix(~seed, bar);
        boolean asWritten = in == Mode.ANSWER && bar - first < 2;
        question.variation = asWritten ? 0 : board.get(Control.VARIATION) / 100;
        return true;
    }

    /** Fills a question about a tap to come. */
    void askTap(long step, Question question) {
        long bar = Math.floorDiv(step, (long) Grid.STEPS_PER_BAR);
        int half;
        if (mode.loops()) {
            long first = Math.floorDiv(bar - now().origin, 2L) * 2;
            now().loop.window(first, speed, mode == Mode.TOGETHER, question.window);
            half = (int) (bar - now().origin - first);
        } else {
            log.lastTwo(bar, question.window);
            half = 1;
        }
        question.bar = bar;
        question.half = half;
        question.step = half * Grid.STEPS_PER_BAR + (int) Math.floorMod(step, (long) Grid.STEPS_PER_BAR);
        question.seed = Seeds.mix(seed, bar);
        question.morph = 0;
        question.variation = 0;
    }

    private boolean changesAt(long bar) {
        return isAhead(bar) && (wantedMode() != mode || wantedPart() != part);
    }

    private boolean isAhead(long bar) {
        return entered == NONE || bar > entered;
    }

    /** What the wanted part will play in the wanted mode from a bar on; an empty part begins as this one. */
    private Material prepared(long bar) {
        Material wanted = parts[wantedPart()];
        ahead.copyFrom(wanted.isEmpty() ? now() : wanted);
        convert(ahead, wantedMode(), bar);
        return ahead;
    }

    /** From phrase to loop, or back. */
    private void convert(Material material, Mode to, long bar) {
        if (material.looped == to.loops()) {
            return;
        }
        if (to.loops()) {
            if (material.hasPhrase) {
                material.origin = material.phraseBar;
                material.loop.set(material.phrase, Grid.BARS, pass(material, bar));
            } else {
                material.loop.reset(phraseBars());
            }
        } else {
            material.hasPhrase = !material.loop.isEmpty();
            if (material.hasPhrase) {
                material.phraseBar = material.origin + Math.floorDiv(bar - material.origin, 2L) * 2;
                material.loop.window(material.phraseBar - material.origin, speed, true, material.phrase);
            }
        }
        material.looped = to.loops();
    }

    private Material now() {
        return parts[part];
    }

    private Mode wantedMode() {
        return Mode.ALL[(int) board.get(Control.MODE)];
    }

    private int wantedPart() {
        return (int) board.get(Control.PART);
    }

    private int phraseBars() {
        return 1 + (int) board.get(Control.PHRASE);
    }

    private double wantedSpeed() {
        return Math.scalb(1.0, (int) board.get(Control.TIME) - 1);
    }

    private long pass(Material material, long bar) {
        return (long) Math.floor((bar - material.origin) * speed / material.loop.bars());
    }
}

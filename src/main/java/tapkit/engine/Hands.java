package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.tap.VelocitySense;

/**
 * Taps that sound at once. What a tap would be is asked of the model a step ahead, so that none waits for it; what the hand struck is not
 * struck again by the pattern. Not thread safe; does not allocate.
 */
final class Hands {
    private static final long NONE = Long.MIN_VALUE;
    /** Velocity of a tap that is neither soft nor loud. */
    private static final float EVEN = 0.6f;

    private final Timekeeper time;
    private final Stage stage;
    private final Questions questions;
    private final Performance performance;
    private final StruckCells struck;
    private final Kit kit;
    private final DirectPath path;
    private final VelocitySense sense;
    private final DirectDrums direct = new DirectDrums();
    /** The step for which a tap was asked ahead last. */
    private long askedStep = NONE;

    Hands(Timekeeper time, Stage stage, Questions questions, Performance performance, StruckCells struck, Kit kit,
            DirectPath path, VelocitySense sense) {
        this.time = time;
        this.stage = stage;
        this.questions = questions;
        this.performance = performance;
        this.struck = struck;
        this.kit = kit;
        this.path = path;
        this.sense = sense;
    }

    /** What taps are is another question from now on. */
    void restart() {
        askedStep = NONE;
        direct.clear();
    }

    /** Forgets what taps would be. */
    void forget() {
        direct.clear();
    }

    /** Takes what a tap would be. */
    void take(Answer given) {
        direct.take(given);
    }

    /**
     * A tap is heard at once, as the drums that it is; what of them has sounded or is on its way there is left out.
     *
     * @param drum that has sounded for it already, or 0
     */
    void strike(long step, float velocity, int drum) {
        choose(step, velocity);
        boolean again = struck.isStruck(step);
        int played = drum == 0 ? -1 : Voice.ofNote(MidiMessage.data1(drum));
        int voices = played < 0 ? 0 : 1 << played;
        for (int voice = 0; voice < Grid.VOICES && drum == 0; voice++) {
            boolean wanted = again ? voice == direct.main() : direct.velocity(voice) > 0 && !struck.isPlanned(step, voice);
            if (wanted) {
                kit.strike(voice, direct.velocity(voice), time.nowNanos());
                voices |= 1 << voice;
            }
        }
        struck.strike(step, stage.mode() == Mode.TOGETHER ? StruckCells.ALL : voices);
        if (performance.isOn()) {
            performance.fill();
        }
    }

    /** While taps sound at once: what a tap will be is asked a step ahead. */
    void askAhead() {
        boolean chooses = path.isOn() && stage.mode().loops();
        if (stage.sounds() && (stage.mode().loops() || !path.isOn())) {
            long step = Grid.step(time.stepsAt(time.nowNanos()));
            if (step != askedStep) {
                if (step != askedStep + 1) {
                    questions.askTap(step);
                }
                askedStep = step;
                questions.askTap(step + 1);
            }
            if (chooses) { // the thread that brings a tap strikes what the hand means, or what is on its way already is the tap's
                choose(step, EVEN);
                boolean onItsWay = struck.isPlanned(step, direct.main()) && !struck.isStruck(step);
                path.next(onItsWay ? DirectPath.NOTHING : Voice.of(direct.main()).note());
            }
        }
        if (!chooses) {
            path.next(DirectPath.OWN);
        }
    }

    private void choose(long step, float velocity) {
        Phrase phrase = performance.phrase();
        direct.choose(step, velocity, sense.known(), phrase.grooveOrNull(), phrase.cell(step));
    }
}

package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.port.MidiMessage;
import tapkit.tap.PadInput;
import tapkit.tap.RetriggerMask;
import tapkit.tap.VelocitySense;
import tapkit.telemetry.PlayedEvent;

/** From what a pad sends to taps in their bars, and the questions that they raise. Not thread safe; does not allocate. */
final class Taps {
    private final Timekeeper time;
    private final Song song;
    private final Stage stage;
    private final Questions questions;
    private final Performance performance;
    private final Hands hands;
    private final Kit kit;
    private final Feeds feeds;
    private final VelocitySense sense;
    private final RetriggerMask mask = new RetriggerMask(MidiMessage.MOST_INPUTS);
    /** The last tap before the clock ran; velocity 0: none. */
    private long earlyNanos;
    private int earlyVelocity;
    private long count;

    Taps(Timekeeper time, Song song, Stage stage, Questions questions, Performance performance, Hands hands, Kit kit,
            Feeds feeds,
            VelocitySense sense) {
        this.time = time;
        this.song = song;
        this.stage = stage;
        this.questions = questions;
        this.performance = performance;
        this.hands = hands;
        this.kit = kit;
        this.feeds = feeds;
        this.sense = sense;
    }

    /** Taps so far. */
    long count() {
        return count;
    }

    /** @param drum that has sounded for it already, or 0 */
    void pad(int message, int drum, long at) {
        int note = MidiMessage.data1(message);
        int velocity = MidiMessage.data2(message);
        if (drum != 0) {
            kit.struck(MidiMessage.data1(drum), MidiMessage.data2(drum), at);
        }
        if (MidiMessage.kind(message) == MidiMessage.CONTROL_CHANGE && note == PadInput.PEDAL) {
            feeds.publish(PlayedEvent.Kind.PEDAL, note, -1, velocity, at, time.beatOrNaN(at), time.clock().bpm());
        }
        if (!MidiMessage.isNoteOn(message) || !mask.accepts(MidiMessage.input(message), note, at)) {
            return;
        }
        count++;
        sense.tap(velocity);
        if (!time.clock().running() && time.isOwn()) {
            if (time.countsIn()) {
                song.pressTempo(at);
            } else {
                song.start(at);
            }
            song.follow();
        }
        feeds.publish(PlayedEvent.Kind.TAP, note, -1, velocity, at, time.beatOrNaN(at), time.clock().bpm());
        if (time.clock().running()) {
            place(at, velocity, drum);
            if (Timekeeper.barOf(time.stepsAt(at)) >= 0) { // a hand that taps along with the count-in leads nobody
                time.follow(at);
            }
        } else {
            earlyNanos = at;
            earlyVelocity = velocity;
        }
    }

    /** The clock has begun to run: a hand that is a little before an external clock's first beat meant that beat. */
    void placeEarly() {
        if (earlyVelocity > 0 && time.nowNanos() - earlyNanos <= Grid.stepNanos(time.clock().bpm()) / 2) {
            place(earlyNanos, earlyVelocity, 0);
        }
        earlyVelocity = 0;
    }

    /** Puts a tap on the grid, has it sound if it is to, and asks for what answers it. */
    private void place(long at, int velocity, int drum) {
        double position = time.stepsAt(at);
        long bar = Timekeeper.barOf(position);
        if (bar < 0) {
            return;
        }
        if (!performance.isOn()) {
            song.play();
        }
        long step = Grid.step(position);
        int inBar = (int) Math.floorMod(step, (long) Grid.STEPS_PER_BAR);
        if (stage.sounds() && bar >= performance.bar() - 1) {
            hands.strike(step, velocity / 127f, drum);
        }
        boolean empty = stage.isEmpty();
        if (!stage.tap(bar, inBar, (float) Grid.offset(position), velocity / 127f)) {
            return;
        }
        if (stage.mode().loops()) {
            askLoop(empty);
        } else {
            askAnswers(bar);
        }
        if (stage.sounds()) {
            questions.askTap(step + 1);
        }
    }

    private void askLoop(boolean empty) {
        if (empty) {
            questions.forget(); // answers about nothing
        }
        questions.ask(performance.bar(), true);
        questions.ask(performance.bar() + 1, true);
    }

    private void askAnswers(long bar) {
        for (long next = Math.max(bar + 1, performance.bar()); next <= bar + 2; next++) {
            if (next == bar + 1 || bar < performance.bar() || stage.hasTaps(next - 1)) {
                questions.ask(next, true);
            }
        }
    }
}

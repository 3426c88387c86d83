package tapkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import tapkit.grid.Groove;
import tapkit.journal.RecordSink;
import tapkit.port.MidiOutput;
import tapkit.telemetry.PlayedEvent;

/**
 * What the engine's thread notes so that a session can be played again: everything that comes in, and the time of each turn in which
 * anything came in or went out. Turns in which nothing did change nothing, so they are left out. What goes out is not noted but summed
 * up, so that a replay knows whether it was the same; a port that refuses a message is.
 *
 * <p>A record that is refused ends the journal there: what came after it could not be replayed. All calls come from the engine's
 * thread; none waits or allocates.
 */
final class EngineJournal {
    /** Messages and events between two sums. */
    private static final int CHECK_EVERY = 64;
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final RecordSink sink;
    private final RecordEncoder record = new RecordEncoder();
    private boolean on;
    private long refusedRecords;
    private boolean anyInput;
    private boolean turnNoted;
    private long nowNanos;
    private long notedNanos;
    private long sends;
    private long asks;
    private long summed;
    private long summedAtCheck;
    private long sum = FNV_BASIS;

    /** @param sink takes the records; null: nothing is noted */
    EngineJournal(RecordSink sink) {
        this.sink = sink;
        on = sink != null;
    }

    /** Records that found no room: the journal ends before the first of them. */
    long refusedRecords() {
        return refusedRecords;
    }

    /** Whether anything came in. */
    boolean anyInput() {
        return anyInput;
    }

    /** A turn begins. */
    void turn(long now) {
        nowNanos = now;
        turnNoted = false;
    }

    /** Something happens in this turn. */
    void mark() {
        if (on && !turnNoted) {
            turnNoted = true;
            put(record.begin(RecordType.TURN).signed(nowNanos - notedNanos));
            notedNanos = nowNanos;
            if (summed - summedAtCheck >= CHECK_EVERY) {
                check();
            }
        }
    }

    void input(InputEvent event) {
        anyInput = true;
        if (!isNoting()) {
            return;
        }
        mark();
        long ago = event.atNanos - nowNanos;
        put(switch (event.kind) {
            case PAD -> record.begin(RecordType.PAD).unsigned(event.message).unsigned(event.direct).signed(ago);
            case CLOCK -> record.begin(RecordType.CLOCK).unsigned(event.message).signed(ago);
            case TRANSPORT -> record.begin(RecordType.TRANSPORT).int8(event.rolling ? 1 : 0).float64(event.beat)
                    .float64(event.seconds).float64(event.value).signed(ago);
            case CONTROL -> record.begin(RecordType.CONTROL).unsigned(event.control.ordinal()).signed(event.voice)
                    .int8(event.change.ordinal()).float64(event.value).signed(ago);
        });
    }

    private void answer(Answer answer) {
        if (!isNoting()) {
            return;
        }
        mark();
        if (answer.step == Question.NO_STEP) {
            reply(RecordType.BAR, answer).groove(answer.groove);
        } else {
            reply(RecordType.TAP, answer).unsigned(answer.step);
            for (float velocity : answer.columns) {
                if (velocity == 0) {
                    record.int8(0);
                } else {
                    record.int8(1).float32(velocity);
                }
            }
        }
        put(record);
    }

    private RecordEncoder reply(int type, Answer answer) {
        return record.begin(type).signed(answer.bar).int8(answer.half | (answer.fresh ? 2 : 0)).unsigned(answer.serial)
                .signed(answer.generation);
    }

    private void fill(Groove fill) {
        if (isNoting()) {
            mark();
            put(record.begin(RecordType.FILL).groove(fill));
        }
    }

    /** Something is told on the feeds. */
    void played(PlayedEvent event) {
        if (on) {
            mark();
            add(event.kind.ordinal() | (long) event.note << 8 | (long) event.velocity << 16);
            add(event.atNanos);
            add(Double.doubleToRawLongBits(event.beat));
            add(Double.doubleToRawLongBits(event.bpm));
        }
    }

    private void sent(int message, long atNanos, boolean taken) {
        sends++;
        if (on) {
            mark();
            add(message);
            add(atNanos);
            if (!taken) {
                put(record.begin(RecordType.REFUSED).unsigned(sends - 1));
            }
        }
    }

    private void asked(boolean taken) {
        asks++;
        if (on) {
            mark();
            if (!taken) {
                put(record.begin(RecordType.UNASKED).unsigned(asks - 1));
            }
        }
    }

    private void lead(int output, long nanos) {
        if (on) {
            mark();
            put(record.begin(RecordType.LEAD).unsigned(output).unsigned(nanos));
        }
    }

    /** The session ends in order. */
    void end() {
        if (on) {
            mark();
            check();
            put(record.begin(RecordType.END));
            on = false;
        }
    }

    private void add(long value) {
        summed++;
        sum = (sum ^ value) * FNV_PRIME;
        sum ^= sum >>> 32;
    }

    private void check() {
        summedAtCheck = summed;
        put(record.begin(RecordType.CHECK).unsigned(summed).int64(sum));
    }

    private void put(RecordEncoder encoded) {
        if (on && !sink.offer(encoded.bytes, encoded.size())) {
            on = false;
            refusedRecords++;
        }
    }

    /** Whether there is a journal that is whole so far; if it is no longer, one more record finds no room. */
    private boolean isNoting() {
        if (!on && sink != null) {
            refusedRecords++;
        }
        return on;
    }

    /** The same outputs, watched; their numbers are their places. */
    List<MidiOutput> watch(List<MidiOutput> outputs) {
        List<MidiOutput> watched = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            watched.add(watch(outputs.get(i), i));
        }
        return watched;
    }

    /** The same output, watched; null stays null. */
    MidiOutput watch(MidiOutput output, int number) {
        return sink == null || output == null ? output : new Watched(output, number);
    }

    /** The same fills, watched. */
    FillSource watch(FillSource fills) {
        return (seed, bpm, playing, out) -> {
            fills.draw(seed, bpm, playing, out);
            fill(out);
        };
    }

    /** The same questions and answers, watched. */
    Inference watch(Inference inference) {
        return sink == null ? inference : new Inference() {
            @Override
            public boolean ask(Question question) {
                boolean taken = inference.ask(question);
                asked(taken);
                return taken;
            }

            @Override
            public boolean poll(Answer into) {
                boolean there = inference.poll(into);
                if (there) {
                    answer(into);
                }
                return there;
            }
        };
    }

    /** The engine's thread alone calls {@link #send}, {@link #leadNanos} and {@link #silence} here; what leaves at once goes past it. */
    private final class Watched implements MidiOutput {
        private final MidiOutput output;
        private final int number;
        private long leadNanos;

        Watched(MidiOutput output, int number) {
            this.output = output;
            this.number = number;
            leadNanos = output.leadNanos();
        }

        @Override
        public boolean send(int message, long atNanos) {
            boolean taken = output.send(message, atNanos);
            sent(message, atNanos, taken);
            return taken;
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            return output.sendNow(message, atNanos);
        }

        @Override
        public void measureNow(LongConsumer nanos) {
            output.measureNow(nanos);
        }

        @Override
        public long leadNanos() {
            long nanos = output.leadNanos();
            if (nanos != leadNanos) {
                leadNanos = nanos;
                lead(number, nanos);
            }
            return nanos;
        }

        @Override
        public void silence() {
            output.silence();
            mark();
        }
    }
}

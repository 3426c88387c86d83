package tapkit.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.grid.Groove;

/** One turn of a session, as its journal tells it. Mutable: {@link #read} fills it with the next one. */
final class RecordedTurn {
    private final RecordDecoder in;
    private final Control[] controls;
    private final Change[] changes = Change.values();
    private boolean atTurn;

    long nowNanos;
    boolean ended;
    /** Where in the records the turn ends. */
    int end;
    final List<InputEvent> inputs = new ArrayList<>();
    final Deque<Answer> answers = new ArrayDeque<>();
    final Deque<Groove> fills = new ArrayDeque<>();
    /** Numbers of messages that a port did not take. */
    final Set<Long> refused = new HashSet<>();
    /** Numbers of questions for which there was no room. */
    final Set<Long> unasked = new HashSet<>();
    /** What ports want from here on, by their numbers. */
    final Map<Integer, Long> leads = new HashMap<>();

    RecordedTurn(RecordDecoder in, Control[] controls) {
        this.in = in;
        this.controls = controls;
    }

    /** Goes on to the next turn; false if there is none that is whole. */
    boolean read() {
        inputs.clear();
        answers.clear();
        fills.clear();
        refused.clear();
        unasked.clear();
        if (!atTurn && (!in.hasMore() || in.int8() != RecordType.TURN)) {
            return false;
        }
        atTurn = false;
        nowNanos += in.signed();
        while (in.hasMore()) {
            end = in.position();
            int type = in.int8();
            if (type == RecordType.TURN) {
                atTurn = true;
                return true;
            }
            take(type);
            end = in.position();
        }
        return ended; // else the program died within this turn
    }

    private void take(int type) {
        switch (type) {
            case RecordType.PAD, RecordType.CLOCK, RecordType.TRANSPORT, RecordType.CONTROL -> inputs.add(input(type));
            case RecordType.BAR, RecordType.TAP -> answers.add(answer(type));
            case RecordType.FILL -> {
                Groove fill = new Groove();
                in.groove(fill);
                fills.add(fill);
            }
            case RecordType.REFUSED -> refused.add(in.unsigned());
            case RecordType.UNASKED -> unasked.add(in.unsigned());
            case RecordType.LEAD -> leads.put((int) in.unsigned(), in.unsigned());
            case RecordType.CHECK -> {
                in.unsigned();
                in.int64();
            }
            case RecordType.END -> ended = true;
            default -> throw new RecordDecoder.Malformed("a record of type " + type);
        }
    }

    private InputEvent input(int type) {
        InputEvent event = new InputEvent();
        switch (type) {
            case RecordType.PAD -> {
                event.kind = InputEvent.Kind.PAD;
                event.message = (int) in.unsigned();
                event.direct = (int) in.unsigned();
            }
            case RecordType.CLOCK -> {
                event.kind = InputEvent.Kind.CLOCK;
                event.message = (int) in.unsigned();
            }
            case RecordType.TRANSPORT -> {
                event.kind = InputEvent.Kind.TRANSPORT;
                event.rolling = in.int8() != 0;
                event.beat = in.float64();
                event.seconds = in.float64();
                event.value = in.float64();
            }
            default -> {
                event.kind = InputEvent.Kind.CONTROL;
                event.control = controls[in.below(controls.length)];
                event.voice = (int) in.signed();
                event.change = changes[in.below(changes.length)];
                event.value = in.float64();
                if (event.control == null) {
                    throw new RecordDecoder.Malformed("a control that this tapkit does not have, one of "
                            + Arrays.toString(controls));
                }
            }
        }
        event.atNanos = nowNanos + in.signed();
        return event;
    }

    private Answer answer(int type) {
        Answer answer = new Answer();
        answer.bar = in.signed();
        int flags = in.int8();
        answer.half = flags & 1;
        answer.fresh = (flags & 2) != 0;
        answer.serial = in.unsigned();
        answer.generation = (int) in.signed();
        if (type == RecordType.BAR) {
            in.groove(answer.groove);
        } else {
            answer.step = (int) in.unsigned();
            for (int i = 0; i < answer.columns.length; i++) {
                answer.columns[i] = in.int8() == 0 ? 0 : in.float32();
            }
        }
        return answer;
    }
}

package tapkit.control.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.grid.Grid;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;

/** Writes what the server says; the package describes the protocol. */
final class ServerMessage {
    private ServerMessage() {
    }

    static String pong(double pageMillis, double serverMillis) {
        return kind("pong").put("p", pageMillis).put("s", serverMillis).toString();
    }

    static String info(PageInfo info) {
        ObjectNode message = kind("info").put("ports", info.ports()).put("trouble", info.trouble())
                .put("recording", info.recording());
        info.models().forEach(message.putArray("models")::add);
        info.presets().forEach(message.putArray("presets")::add);
        return message.toString();
    }

    static String state(EngineSnapshot s, long lostByFeed, ServerTime time) {
        return kind("state").put("at", time.millis(s.atNanos())).put("running", s.running()).put("clock", s.clock())
                .put("locked", s.locked()).put("bpm", finite(s.bpm())).put("beat", finite(s.beat())).put("taps", s.taps())
                .put("hits", s.hits()).put("answered", s.answered()).put("skipped", s.skipped()).put("late", s.lateHits())
                .put("lost", s.lostEvents() + lostByFeed).put("inference", finite(s.inferenceMicros()))
                .put("temperature", finite(s.temperature()))
                .put("recording", lower(s.recording())).put("mode", s.mode()).put("part", s.part()).toString();
    }

    /** A list of events, to be filled with {@link #add}. */
    static ArrayNode events() {
        return PageMessage.JSON.createArrayNode();
    }

    static void add(ArrayNode events, PlayedEvent event, ServerTime time) {
        events.addArray().add(lower(event.kind)).add(event.voice).add(event.note).add(event.velocity)
                .add(time.millis(event.atNanos)).add(Double.isFinite(event.beat) ? event.beat : null).add(finite(event.bpm));
    }

    /** The list of controls, and what each stands at. */
    static String controls(ControlBoard board) {
        ObjectNode message = kind("controls");
        ArrayNode list = message.putArray("list");
        for (Control control : Control.values()) {
            ObjectNode one = list.addObject().put("c", control.name()).put("label", control.label())
                    .put("kind", lower(control.kind())).put("least", control.least()).put("most", control.most())
                    .put("initial", control.initial()).put("unit", control.unit()).put("whole", control.whole())
                    .put("when", lower(control.when())).put("voices", control.perVoice()).put("about", control.description())
                    .put("k", Knob.of(control).index());
            control.choices().forEach(one.putArray("choices")::add);
            ArrayNode values = one.putArray("v");
            for (int voice = 0; voice < (control.perVoice() ? Grid.VOICES : 1); voice++) {
                values.add(control.kind() == Control.Kind.TRIGGER ? 0 : board.get(control, voice)); // not pressed just now
            }
        }
        return message.toString();
    }

    static String control(Knob knob, double value) {
        return kind("control").put("c", knob.control().name()).put("i", knob.voice()).put("v", value).toString();
    }

    static String bindings(List<Binding> bindings) {
        ObjectNode message = kind("bindings");
        ArrayNode list = message.putArray("list");
        bindings.forEach(b -> list.addObject().put("k", b.knob().index()).put("by", b.describe()));
        return message.toString();
    }

    static String timing(List<PageSources.Timing> timings) {
        ObjectNode message = kind("timing");
        ArrayNode list = message.putArray("list");
        for (PageSources.Timing timing : timings) {
            Lateness.Summary summary = timing.lateness().summary();
            ObjectNode one = list.addObject().put("name", timing.name()).put("p50", summary.p50Nanos() / 1e6)
                    .put("p99", summary.p99Nanos() / 1e6).put("max", summary.maxNanos() / 1e6);
            ArrayNode counts = one.putArray("n");
            for (long count : summary.counts()) {
                counts.add(count);
            }
        }
        return message.toString();
    }

    static String played(ArrayNode events) {
        ObjectNode message = kind("played");
        message.set("e", events);
        return message.toString();
    }

    private static ObjectNode kind(String kind) {
        return PageMessage.JSON.createObjectNode().put("t", kind);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The number, or 0 where there is none yet: JSON knows no NaN. */
    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }
}

package tapkit.control.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import tapkit.control.Knob;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;

/** Writes what the server says; the package describes the protocol. */
final class ServerMessage {
    private ServerMessage() {
    }

    static String pong(double pageMillis, double serverMillis) {
        return kind("pong").put("p", pageMillis).put("s", serverMillis).toString();
    }

    static String info(PageInfo info) {
        return kind("info").put("ports", info.ports()).put("model", info.model()).put("recording", info.recording()).toString();
    }

    static String state(EngineSnapshot s, long lostByFeed, ServerTime time) {
        return kind("state").put("at", time.millis(s.atNanos())).put("running", s.running()).put("clock", s.clock())
                .put("locked", s.locked()).put("bpm", finite(s.bpm())).put("beat", finite(s.beat())).put("taps", s.taps())
                .put("hits", s.hits()).put("answered", s.answered()).put("skipped", s.skipped()).put("late", s.lateHits())
                .put("lost", s.lostEvents() + lostByFeed).put("inference", finite(s.inferenceMicros()))
                .put("temperature", finite(s.temperature()))
                .put("recording", s.recording().name().toLowerCase(Locale.ROOT)).toString();
    }

    /** A list of events, to be filled with {@link #add}. */
    static ArrayNode events() {
        return PageMessage.JSON.createArrayNode();
    }

    static void add(ArrayNode events, PlayedEvent event, ServerTime time) {
        events.addArray().add(event.kind.name().toLowerCase(Locale.ROOT)).add(event.voice).add(event.note).add(event.velocity)
                .add(time.millis(event.atNanos)).add(Double.isFinite(event.beat) ? event.beat : null).add(finite(event.bpm));
    }

    static String control(PlayedEvent event) {
        Knob knob = Knob.ALL.get(event.knob);
        return kind("control").put("c", knob.control().name()).put("i", knob.voice()).put("v", event.value).toString();
    }

    static String played(ArrayNode events) {
        ObjectNode message = kind("played");
        message.set("e", events);
        return message.toString();
    }

    private static ObjectNode kind(String kind) {
        return PageMessage.JSON.createObjectNode().put("t", kind);
    }

    /** The number, or 0 where there is none yet: JSON knows no NaN. */
    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }
}

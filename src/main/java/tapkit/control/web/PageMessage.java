package tapkit.control.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.grid.Grid;
import tapkit.grid.Voice;

/** What a page says; the package describes the protocol. Times are the page's idea of {@link ServerTime}, NaN where it gave none. */
sealed interface PageMessage {
    /** Asks for the server's time; {@code pageMillis} goes back as it came. */
    record Ping(double pageMillis) implements PageMessage {
    }

    /** A stroke of the pad of a voice; velocity 1 to 127. */
    record Tap(int voice, int velocity, double atMillis) implements PageMessage {
    }

    /** A knob or a button. */
    record Turn(Control control, int voice, Change change, double value, double atMillis) implements PageMessage {
    }

    /** A knob, by its index, is to have no MIDI bindings any more. */
    record Unbind(int knob) implements PageMessage {
    }

    /** A message that is not of the protocol. Its text is one of a few, so that each is logged once. */
    final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String cause) {
            super(cause, null, false, false);
        }
    }

    ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static PageMessage parse(String text) throws Malformed {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Malformed("not JSON");
        }
        return switch (message.path("t").asText()) {
            case "ping" -> new Ping(number(message, "p"));
            case "tap" -> new Tap(
                    message.has("i") ? (int) inRange(number(message, "i"), 0, Grid.VOICES - 1) : Voice.SNARE.ordinal(),
                    (int) inRange(number(message, "v"), 1, 127), time(message));
            case "unbind" -> new Unbind((int) inRange(number(message, "k"), 0, Knob.ALL.size() - 1));
            case "set" -> turn(message);
            default -> throw new Malformed("unknown kind");
        };
    }

    private static Turn turn(JsonNode message) throws Malformed {
        Control control;
        try {
            control = Control.valueOf(message.path("c").asText());
        } catch (IllegalArgumentException e) {
            throw new Malformed("unknown control");
        }
        int voice = control.perVoice() ? (int) inRange(number(message, "i"), 0, Grid.VOICES - 1) : Knob.NO_VOICE;
        if (control.kind() == Control.Kind.TRIGGER) {
            return new Turn(control, voice, Change.SET, 1, time(message));
        }
        return switch (message.path("how").asText("set")) {
            case "set" -> new Turn(control, voice, Change.SET, inRange(number(message, "v"), control.least(), control.most()),
                    time(message));
            case "add" -> new Turn(control, voice, Change.ADD, number(message, "v"), time(message));
            case "toggle" -> new Turn(control, voice, Change.TOGGLE, 0, time(message));
            default -> throw new Malformed("field \"how\" is none of set, add, toggle");
        };
    }

    private static double time(JsonNode message) throws Malformed {
        return message.has("at") ? number(message, "at") : Double.NaN;
    }

    private static double number(JsonNode message, String field) throws Malformed {
        JsonNode value = message.path(field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new Malformed("field \"" + field + "\" is missing or no number");
        }
        return value.doubleValue();
    }

    private static double inRange(double value, double least, double most) throws Malformed {
        if (value < least || value > most) {
            throw new Malformed("value out of range");
        }
        return value;
    }
}

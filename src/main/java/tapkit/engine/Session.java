package tapkit.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.UserError;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.journal.Journal;
import tapkit.port.MidiOutput;

/**
 * What a session begins with, as its journal's header says it.
 *
 * @param drumLeads how long before their time the ports of the drums want messages, in nanoseconds
 * @param clockLead the same of the port of the clock; empty: no clock is sent
 */
public record Session(EngineSettings settings, List<Long> drumLeads, Optional<Long> clockLead) {
    private static final String KNOB = "knob.";
    private static final String CONTROLS = "controls";

    public Session {
        drumLeads = List.copyOf(drumLeads);
    }

    /** A session with these outputs; no clock is sent if that one is null. */
    public static Session of(EngineSettings settings, List<MidiOutput> drums, MidiOutput clock) {
        return new Session(settings, drums.stream().map(MidiOutput::leadNanos).toList(),
                Optional.ofNullable(clock).map(MidiOutput::leadNanos));
    }

    /** The header's fields. */
    public Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        fields.put("clock", settings.clock().name().toLowerCase(Locale.ROOT));
        fields.put("bpm", Double.toString(settings.bpm()));
        fields.put("temperature", Double.toString(settings.temperature()));
        fields.put("seed", Long.toString(settings.seed()));
        settings.knobs().forEach((knob, value) -> fields.put(KNOB + knob.label(), Double.toString(value)));
        fields.put("drum-leads", drumLeads.stream().map(String::valueOf).collect(Collectors.joining(",")));
        clockLead.ifPresent(lead -> fields.put("clock-lead", lead.toString()));
        fields.put(CONTROLS, Arrays.stream(Control.values()).map(Control::label).collect(Collectors.joining(",")));
        return fields;
    }

    /**
     * A session as its journal's header says.
     *
     * @throws UserError if it lacks something or says what cannot be
     */
    public static Session of(Journal journal) {
        try {
            EngineSettings.ClockSource clock = EngineSettings.ClockSource
                    .valueOf(journal.field("clock").toUpperCase(Locale.ROOT));
            Map<Knob, Double> knobs = new HashMap<>();
            journal.fields().forEach((key, value) -> {
                if (key.startsWith(KNOB)) {
                    Knob.named(key.substring(KNOB.length())).ifPresent(knob -> knobs.put(knob, Double.valueOf(value)));
                }
            });
            String leads = journal.field("drum-leads");
            return new Session(
                    new EngineSettings(clock, Double.parseDouble(journal.field("bpm")),
                            Double.parseDouble(journal.field("temperature")), Long.parseLong(journal.field("seed")), knobs),
                    leads.isEmpty() ? List.of() : Arrays.stream(leads.split(",", -1)).map(Long::valueOf).toList(),
                    Optional.ofNullable(journal.fields().get("clock-lead")).map(Long::valueOf));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    journal.file() + ": the header makes no sense (" + e.getMessage() + "); take a copy that is whole",
                    e);
        }
    }

    /** The controls by the numbers that records have for them; null where this tapkit has none of that name. */
    static Control[] controls(Journal journal) {
        return Arrays.stream(journal.field(CONTROLS).split(",", -1)).map(name -> Control.named(name).orElse(null))
                .toArray(Control[]::new);
    }
}

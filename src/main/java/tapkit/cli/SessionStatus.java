package tapkit.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.engine.Engine;
import tapkit.port.CallbackTimes;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.SessionRecorder;
import tapkit.telemetry.Status;
import tapkit.telemetry.Status.Quantiles;

/** How a session that plays fares, for {@code tapkit status}. */
final class SessionStatus {
    private static final int BEATS = 4;

    private final long readyNanos = System.nanoTime();
    private final Engine engine;
    private final LongSupplier masked;
    private final Optional<MidiSession> midi;
    private final List<String> models;
    private final Optional<SessionRecorder> recorder;
    private final Optional<URI> page;
    private final Supplier<Optional<String>> osc;

    /**
     * Of a session that is ready now.
     *
     * @param masked strokes that its pads took for none
     * @param midi   its ports, if it has any
     * @param models their names, by number
     * @param page   where it is served, if it is
     * @param osc    where OSC comes in and goes to, in words
     */
    SessionStatus(Engine engine, LongSupplier masked, Optional<MidiSession> midi, List<String> models,
            Optional<SessionRecorder> recorder, Optional<URI> page, Supplier<Optional<String>> osc) {
        this.engine = engine;
        this.masked = masked;
        this.midi = midi;
        this.models = models;
        this.recorder = recorder;
        this.page = page;
        this.osc = osc;
    }

    /** How it fares now. Any thread. */
    Status now() {
        EngineSnapshot now = engine.snapshot();
        ControlBoard board = engine.controls();
        long beat = (long) Math.floor(now.beat());
        return new Status(ProcessHandle.current().pid(), Math.round((now.atNanos() - readyNanos) / 1e6) / 1e3, now.running(),
                Knob.of(Control.MODE).format(now.mode()), Knob.of(Control.PART).format(now.part()),
                now.running() ? Math.floorDiv(beat, BEATS) + 1 : null, now.running() ? Math.floorMod(beat, BEATS) + 1 : null,
                now.bpm(), new Status.Clock(now.clock(), now.locked()), health(), now.taps(), masked.getAsLong(), now.hits(),
                now.answered(),
                now.skipped(), now.lateHits(), now.lostEvents(), now.inferenceMicros() / 1e3,
                Quantiles.of(engine.direct().latency().total()), Quantiles.of(engine.lateness().total()),
                models.get(Math.clamp((int) board.get(Control.MODEL), 0, models.size() - 1)),
                new Status.Recording(recorder.map(r -> r.file().toString()).orElse(null),
                        now.recording().name().toLowerCase(Locale.ROOT)),
                page.map(URI::toString).orElse(null), osc.get().orElse(null), controls(board));
    }

    private Status.Ports health() {
        if (midi.isEmpty()) {
            return new Status.Ports("none", "good", null, 0, 0, 0, 0);
        }
        PortHealth health = midi.get().health();
        return new Status.Ports(midi.get().describe(),
                health.lost().isPresent() ? "lost" : health.away().isPresent() ? "away" : "good",
                health.problem().orElse(null), health.xruns(),
                midi.get().callbacks().map(CallbackTimes::overruns).orElse(0L), health.late(), health.dropped());
    }

    private static Map<String, Object> controls(ControlBoard board) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Knob knob : Knob.ALL) {
            double value = board.get(knob.index());
            switch (knob.control().kind()) {
                case CONTINUOUS -> values.put(knob.label(), value);
                case TRIGGER -> {
                }
                case CHOICE, SWITCH -> values.put(knob.label(), knob.format(value));
            }
        }
        return values;
    }
}

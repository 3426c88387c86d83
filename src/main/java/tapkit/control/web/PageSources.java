package tapkit.control.web;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import tapkit.control.ControlBoard;
import tapkit.control.midi.Binding;
import tapkit.engine.Engine;
import tapkit.engine.EngineInput;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedFeed;

/**
 * What pages see of an instrument, and where their taps and controls go. All of it is asked often, by one thread, and answers
 * without keeping the engine waiting.
 *
 * @param input     takes taps and controls
 * @param snapshots the engine's state now
 * @param feed      what is played; read by the page's server alone
 * @param controls  what the controls stand at
 * @param info      what else the page says of this run
 * @param bindings  what MIDI messages move which controls; the same list until one comes or goes
 * @param unbind    is told the index of a knob that is to have no bindings any more
 * @param timings   how late things are
 */
public record PageSources(EngineInput input, Supplier<EngineSnapshot> snapshots, PlayedFeed feed, ControlBoard controls,
        Supplier<PageInfo> info, Supplier<List<Binding>> bindings, IntConsumer unbind, List<Timing> timings) {
    /**
     * One histogram.
     *
     * @param name what it tells, for people
     */
    public record Timing(String name, Lateness lateness) {
    }

    /** Of an engine that is controlled by no MIDI. */
    public static PageSources of(Engine engine, Supplier<PageInfo> info) {
        return of(engine, info, List::of, knob -> {
        });
    }

    /** Of an engine. */
    public static PageSources of(Engine engine, Supplier<PageInfo> info, Supplier<List<Binding>> bindings, IntConsumer unbind) {
        return new PageSources(engine, engine::snapshot, engine.openFeed(), engine.controls(), info, bindings, unbind,
                List.of(new Timing("From a tap to its own drum", engine.direct().latency()),
                        new Timing("Drums handed over late", engine.lateness())));
    }
}

package tapkit.port.loopback;

import java.util.List;
import java.util.Optional;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;

/** Ports within this program and no others: for playing with the page alone, and for tests. */
public final class LoopbackBackend implements MidiBackend {
    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public List<PortInfo> ports() {
        return List.of();
    }

    @Override
    public LoopbackSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        return new LoopbackSession(plan, pad, clock);
    }
}

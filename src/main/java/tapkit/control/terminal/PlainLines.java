package tapkit.control.terminal;

import java.util.List;
import java.util.Optional;
import tapkit.control.ControlBoard;
import tapkit.telemetry.EngineSnapshot;

/** What is said where lines cannot change in place: when something changes that matters, and once a minute while it plays. */
public final class PlainLines {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int WIDTH = 120;
    private static final StatusLine STYLE = new StatusLine(false, false);

    private List<Object> said = List.of();
    private long saidNanos;

    /**
     * What is to be said now, if anything.
     *
     * @param ports what is wrong with the ports, in few words; empty: nothing
     */
    public Optional<String> next(EngineSnapshot now, ControlBoard board, String ports) {
        List<Object> matters = List.of(now.running(), now.locked(), now.recording(), now.mode(), now.part(), ports);
        if (said.isEmpty()) { // what it begins with has been said
            said = matters;
            saidNanos = now.atNanos();
        }
        boolean changed = !matters.equals(said) && now.atNanos() - saidNanos >= SECOND_NANOS;
        boolean minute = now.running() && now.atNanos() - saidNanos >= MINUTE_NANOS;
        if (!changed && !minute) {
            return Optional.empty();
        }
        said = matters;
        saidNanos = now.atNanos();
        return Optional.of(STYLE.of(now, board, ports, WIDTH, false));
    }
}

package tapkit.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tapkit.engine.Engine;
import tapkit.port.PortHealth;
import tapkit.telemetry.EngineSnapshot;

/** Waits while the instrument plays, and on a terminal keeps one line that says how it fares. */
final class PlayStatus {
    private static final long PERIOD_MS = 200;
    /** Clears what is left of a longer line. */
    private static final String ERASE = "\u001b[K";

    private final PlaySession session;
    private final PrintWriter err;
    private final boolean live;
    private boolean saidLost;
    private Optional<String> away = Optional.empty();

    PlayStatus(PlaySession session, PrintWriter err) {
        this.session = session;
        this.err = err;
        live = Optional.ofNullable(System.console()).isPresent(); // there is none where output goes to a file or a pipe
    }

    /** Shows until the program is ended from outside; returns false if the engine failed. */
    boolean show() throws InterruptedException {
        Engine engine = session.engine();
        while (engine.failure() == null) {
            session.midi().ifPresent(midi -> sayIfChanged(midi.health()));
            if (live) {
                err.print("\r" + line(engine.snapshot()) + ERASE);
                err.flush();
            }
            TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
        }
        return false;
    }

    private void sayIfChanged(PortHealth health) {
        if (health.lost().isPresent() && !saidLost) {
            saidLost = true;
            say(health.lost().get());
        }
        if (!health.away().equals(away)) {
            away = health.away();
            say(away.orElse("every port is connected again"));
        }
    }

    private void say(String what) {
        err.println((live ? "\r" + ERASE : "") + "tapkit: " + what);
        err.flush();
    }

    static String line(EngineSnapshot now) {
        if (!now.running()) {
            return "%s clock, %.1f bpm, stopped%s | taps %d".formatted(now.clock(), now.bpm(),
                    now.locked() ? "" : " (no clock comes in)", now.taps());
        }
        long beat = (long) Math.floor(now.beat());
        return "bar %d beat %d%s | %.1f bpm%s | taps %d, hits %d | answered %d, skipped %d, late %d, lost %d | %.1f ms"
                .formatted(
                        Math.floorDiv(beat, 4) + 1, Math.floorMod(beat, 4) + 1,
                        now.recording() == EngineSnapshot.Recording.ON ? " REC" : "", now.bpm(),
                        now.locked() ? "" : " (clock lost)",
                        now.taps(), now.hits(), now.answered(), now.skipped(), now.lateHits(), now.lostEvents(),
                        now.inferenceMicros() / 1000);
    }
}

package tapkit.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tapkit.control.terminal.LiveTerminal;
import tapkit.control.terminal.PlainLines;
import tapkit.engine.Engine;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;

/** Waits while the instrument plays, and says how it fares: on a terminal in one line, which keys play, else in a few lines. */
final class PlayStatus {
    private static final long PERIOD_MS = 100;

    private final PlaySession session;
    private final PrintWriter err;
    private final PlainLines plain = new PlainLines();
    private final CountDownLatch quit = new CountDownLatch(1);
    private boolean saidLost;
    private Optional<String> away = Optional.empty();

    PlayStatus(PlaySession session, PrintWriter err) {
        this.session = session;
        this.err = err;
    }

    /** Shows until the player quits or the program is ended from outside; returns false if the engine failed. */
    boolean show() throws InterruptedException {
        Optional<LiveTerminal> terminal = LiveTerminal.open(err, System.getenv());
        try {
            terminal.ifPresent(its -> its.listen(session.engine(), quit::countDown));
            return show(terminal);
        } finally {
            terminal.ifPresent(LiveTerminal::close);
        }
    }

    private boolean show(Optional<LiveTerminal> terminal) throws InterruptedException {
        Engine engine = session.engine();
        do {
            if (engine.failure() != null) {
                return false;
            }
            PortHealth health = session.midi().map(MidiSession::health).orElse(PortHealth.GOOD);
            changed(health).ifPresent(what -> say(terminal, "tapkit: " + what));
            session.news().ifPresent(what -> say(terminal, "tapkit: " + what));
            String ports = health.lost().isPresent() ? "ports lost" : health.away().isPresent() ? "port away" : "";
            if (terminal.isPresent()) {
                terminal.get().show(engine.snapshot(), engine.controls(), ports);
            } else {
                plain.next(engine.snapshot(), engine.controls(), ports).ifPresent(line -> say(terminal, line));
            }
        } while (!quit.await(PERIOD_MS, TimeUnit.MILLISECONDS));
        return true;
    }

    private Optional<String> changed(PortHealth health) {
        if (health.lost().isPresent() && !saidLost) {
            saidLost = true;
            return health.lost();
        }
        if (!health.away().equals(away)) {
            away = health.away();
            return Optional.of(away.orElse("every port is connected again"));
        }
        return Optional.empty();
    }

    private void say(Optional<LiveTerminal> terminal, String what) {
        terminal.ifPresentOrElse(its -> its.say(what), () -> {
            err.println(what);
            err.flush();
        });
    }
}

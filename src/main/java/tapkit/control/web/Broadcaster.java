package tapkit.control.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.telemetry.PlayedEvent;

/**
 * The thread that tells pages what the engine does: events as they come, state and controls 30 times a second, histograms once a
 * second. However often a control is turned in between, pages are told where it stands then.
 */
final class Broadcaster implements AutoCloseable {
    static final int MOST_CLIENTS = 8;
    private static final int MOST_EVENTS_IN_MESSAGE = 256;
    private static final long STATE_PERIOD_NANOS = 33_000_000;
    /** Drums come some 60 ms before they sound, so that a few milliseconds here cost nothing. */
    private static final long PERIOD_NANOS = 4_000_000;
    private static final long PERIOD_WITHOUT_CLIENTS_NANOS = 50_000_000;

    private static final int STATES_TO_A_TIMING = 30;

    private final PageSources sources;
    private final ServerTime time;
    private final Map<String, PageClient> clients = new ConcurrentHashMap<>();
    private final PlayedEvent event = new PlayedEvent();
    private final Thread thread = new Thread(this::run, "tapkit-web-sender");
    private volatile boolean closed;
    private boolean failed;
    private PageInfo lastInfo = new PageInfo("", "", "");
    private List<Binding> lastBindings = List.of();
    /** What pages were told that each knob stands at. */
    private final double[] told = new double[Knob.ALL.size()];
    /** Buttons that were pressed since pages were told. */
    private final BitSet pressed = new BitSet();
    private int states;

    Broadcaster(PageSources sources, ServerTime time) {
        this.sources = sources;
        this.time = time;
        for (Knob knob : Knob.ALL) {
            told[knob.index()] = sources.controls().get(knob.index());
        }
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Adds a page, or returns false where there are too many. */
    synchronized boolean add(String id, PageClient client) {
        if (clients.size() >= MOST_CLIENTS) {
            return false;
        }
        clients.put(id, client); // first: what changes from here on is told besides
        client.send(ServerMessage.info(sources.info().get()));
        client.send(ServerMessage.controls(sources.controls()));
        client.send(ServerMessage.bindings(sources.bindings().get()));
        return true;
    }

    void remove(String id) {
        clients.remove(id);
    }

    PageClient client(String id) {
        return clients.get(id);
    }

    int clientCount() {
        return clients.size();
    }

    private void run() {
        long lastStateNanos = System.nanoTime() - STATE_PERIOD_NANOS;
        while (!closed) {
            try {
                sendEvents();
                long nowNanos = System.nanoTime();
                if (!clients.isEmpty() && nowNanos - lastStateNanos >= STATE_PERIOD_NANOS) {
                    lastStateNanos = nowNanos;
                    sendState();
                }
            } catch (RuntimeException e) { // one page's or one message's fault must not silence the others
                if (!failed) {
                    failed = true;
                    Logger.error("Telling pages what is played failed; trying on: {}", e.toString());
                    Logger.debug(e);
                }
            }
            LockSupport.parkNanos(clients.isEmpty() ? PERIOD_WITHOUT_CLIENTS_NANOS : PERIOD_NANOS);
        }
    }

    private void sendEvents() {
        ArrayNode events = null;
        for (int i = 0; i < MOST_EVENTS_IN_MESSAGE && sources.feed().poll(event); i++) {
            if (clients.isEmpty()) {
                continue;
            }
            if (event.kind != PlayedEvent.Kind.CONTROL) {
                events = events == null ? ServerMessage.events() : events;
                ServerMessage.add(events, event, time);
            } else if (Knob.ALL.get(event.knob).control().kind() == Control.Kind.TRIGGER) {
                pressed.set(event.knob);
            }
        }
        if (events != null) {
            sendAll(ServerMessage.played(events));
        }
    }

    private void sendState() {
        PageInfo info = sources.info().get();
        if (!info.equals(lastInfo)) {
            lastInfo = info;
            sendAll(ServerMessage.info(info));
        }
        List<Binding> bindings = sources.bindings().get();
        if (!bindings.equals(lastBindings)) {
            lastBindings = bindings;
            sendAll(ServerMessage.bindings(bindings));
        }
        sendControls();
        String message = ServerMessage.state(sources.snapshots().get(), sources.feed().lost(), time);
        clients.values().forEach(c -> c.sendIfIdle(message));
        if (states++ % STATES_TO_A_TIMING == 0) {
            String timing = ServerMessage.timing(sources.timings());
            clients.values().forEach(c -> c.sendIfIdle(timing));
        }
    }

    /** What differs from what was told, and what was pressed. */
    private void sendControls() {
        for (Knob knob : Knob.ALL) {
            boolean button = knob.control().kind() == Control.Kind.TRIGGER;
            double now = button ? 1 : sources.controls().get(knob.index());
            if (button ? pressed.get(knob.index()) : now != told[knob.index()]) {
                told[knob.index()] = now;
                sendAll(ServerMessage.control(knob, now));
            }
        }
        pressed.clear();
    }

    private void sendAll(String message) {
        clients.values().forEach(c -> c.send(message));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000);
            clients.values().forEach(PageClient::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

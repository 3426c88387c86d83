package tapkit.control.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.tinylog.Logger;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/** The thread that tells pages what the engine does: events as they come, the state 30 times a second. */
final class Broadcaster implements AutoCloseable {
    static final int MOST_CLIENTS = 8;
    private static final int MOST_EVENTS_IN_MESSAGE = 256;
    private static final long STATE_PERIOD_NANOS = 33_000_000;
    /** Drums come some 60 ms before they sound, so that a few milliseconds here cost nothing. */
    private static final long PERIOD_NANOS = 4_000_000;
    private static final long PERIOD_WITHOUT_CLIENTS_NANOS = 50_000_000;

    private final Supplier<EngineSnapshot> snapshots;
    private final PlayedFeed feed;
    private final Supplier<PageInfo> infos;
    private final ServerTime time;
    private final Map<String, PageClient> clients = new ConcurrentHashMap<>();
    private final PlayedEvent event = new PlayedEvent();
    private final Thread thread = new Thread(this::run, "tapkit-web-sender");
    private volatile boolean closed;
    private boolean failed;
    private PageInfo lastInfo = new PageInfo("", "", "");

    Broadcaster(Supplier<EngineSnapshot> snapshots, PlayedFeed feed, Supplier<PageInfo> infos, ServerTime time) {
        this.snapshots = snapshots;
        this.feed = feed;
        this.infos = infos;
        this.time = time;
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
        client.send(ServerMessage.info(infos.get()));
        clients.put(id, client);
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
                    Logger.error(e, "Telling pages what is played failed; trying on");
                }
            }
            LockSupport.parkNanos(clients.isEmpty() ? PERIOD_WITHOUT_CLIENTS_NANOS : PERIOD_NANOS);
        }
    }

    private void sendEvents() {
        ArrayNode events = null;
        for (int i = 0; i < MOST_EVENTS_IN_MESSAGE && feed.poll(event); i++) {
            if (clients.isEmpty()) {
                continue;
            }
            if (event.kind == PlayedEvent.Kind.CONTROL) {
                String message = ServerMessage.control(event);
                clients.values().forEach(c -> c.send(message));
            } else {
                events = events == null ? ServerMessage.events() : events;
                ServerMessage.add(events, event, time);
            }
        }
        if (events != null) {
            String message = ServerMessage.played(events);
            clients.values().forEach(c -> c.send(message));
        }
    }

    private void sendState() {
        PageInfo info = infos.get();
        if (!info.equals(lastInfo)) {
            lastInfo = info;
            String message = ServerMessage.info(info);
            clients.values().forEach(c -> c.send(message));
        }
        String message = ServerMessage.state(snapshots.get(), feed.lost(), time);
        clients.values().forEach(c -> c.sendIfIdle(message));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package tapkit.control.web;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.tinylog.Logger;

/** One connected page. Sending never waits: what the page has not taken yet is counted, and too much of it ends the connection. */
final class PageClient {
    /** Messages on their way beyond which a page gets no more of what the next message replaces anyway. */
    private static final int BUSY = 8;
    /** Messages on their way beyond which a page is given up. */
    private static final int STUCK = 256;
    /** Messages that a page may send in a second; a person's hands, the clock's pings and knobs stay far below. */
    private static final int MOST_PER_SECOND = 200;

    private final Session session;
    private final AtomicInteger underway = new AtomicInteger();
    private final Callback sent = Callback.from(underway::decrementAndGet, failure -> underway.decrementAndGet());
    private long secondStartedNanos;
    private int receivedInSecond;

    PageClient(Session session) {
        this.session = session;
    }

    /** Sends what must not be missing, or closes the connection of a page that doesn't read. */
    void send(String message) {
        if (!session.isOpen()) {
            return;
        }
        if (underway.get() >= STUCK) {
            Logger.warn("A page doesn't take what it is sent; closing its connection");
            session.disconnect();
            return;
        }
        underway.incrementAndGet();
        session.sendText(message, sent);
    }

    /** Sends what the next message of its kind replaces; a busy page goes without. */
    void sendIfIdle(String message) {
        if (underway.get() < BUSY) {
            send(message);
        }
    }

    /** Ends the connection because the server ends. */
    void close() {
        session.close(StatusCode.SHUTDOWN, "tapkit ends", Callback.NOOP);
    }

    /** Whether the page sends no more than its share. Called by the thread that receives. */
    boolean mayReceive(long nowNanos) {
        if (nowNanos - secondStartedNanos >= 1_000_000_000L) {
            secondStartedNanos = nowNanos;
            receivedInSecond = 0;
        }
        return ++receivedInSecond <= MOST_PER_SECOND;
    }
}

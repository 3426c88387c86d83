package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static tapkit.port.alsa.AlsaClient.check;

import org.tinylog.Logger;
import tapkit.UserError;

/**
 * Listens to the system's announcements of ports that come and go, on a thread of its own that sleeps in read; nothing is looked for
 * without one. It is a client of its own, so that it cannot disturb the one that plays.
 */
final class AlsaWatch implements AutoCloseable {
    /** What is told. */
    interface Listener {
        /** A client has gone. */
        void clientGone(int client);

        /** A port has gone. */
        void portGone(int client, int port);

        /** There is a port that was not there before, or one that has changed. */
        void portAppeared();
    }

    private static final long JOIN_MILLIS = 500;

    private final AlsaClient client;
    private final Listener listener;
    private final int port;
    private final long eventPointer;
    private final Thread thread;
    private volatile boolean closing;

    AlsaWatch(AlsaClient client, Listener listener) {
        this.client = client;
        this.listener = listener;
        port = client.createPrivatePort("announcements");
        check("listening to announcements",
                client.connectFrom(port, AlsaLibrary.SYSTEM_CLIENT, AlsaLibrary.SYSTEM_ANNOUNCE_PORT));
        eventPointer = client.allocate(JAVA_LONG.byteSize());
        thread = Thread.ofPlatform().name("tapkit-alsa-watch").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                int code = (int) AlsaLibrary.EVENT_INPUT.invokeExact(client.handle(), eventPointer);
                if (code == AlsaLibrary.ENOSPC) {
                    listener.portAppeared(); // some announcements are lost
                } else if (code != AlsaLibrary.EINTR) {
                    check("listening to announcements", code);
                    tell(AlsaEvent.MEMORY.get(JAVA_LONG, eventPointer));
                }
            }
        } catch (Throwable e) {
            Logger.error("{}; from now on a port that is plugged in again will not be found", e.getMessage());
        }
    }

    private void tell(long event) {
        switch (AlsaEvent.type(event)) {
            case AlsaEvent.CLIENT_EXIT -> listener.clientGone(AlsaEvent.announcedClient(event));
            case AlsaEvent.PORT_EXIT ->
                listener.portGone(AlsaEvent.announcedClient(event), AlsaEvent.announcedPort(event));
            case AlsaEvent.PORT_START, AlsaEvent.PORT_CHANGE -> listener.portAppeared();
            default -> {
                // who is connected to whom is nothing that is waited for
            }
        }
    }

    /** Whether the listener will be told no more; else its thread may still be on its way. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        try {
            client.wake(port);
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UserError e) {
            return; // it cannot be woken: rather keep the memory that it reads from
        }
        if (!thread.isAlive()) {
            client.close();
        }
    }
}

package tapkit.control.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsCloseStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsMessageContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/** The page's server; see the package for what it serves and speaks. */
public final class WebServer implements AutoCloseable {
    /** The port that is tried first where none is asked for. */
    public static final int DEFAULT_PORT = 8765;
    private static final int LONGEST_MESSAGE = 1024;

    private final PageSources sources;
    private final ServerTime time = new ServerTime(System.nanoTime());
    private final WebAddress address;
    private final LocalOnly localOnly;
    private final Broadcaster broadcaster;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private Javalin http;

    private WebServer(WebAddress address, PageSources sources) {
        this.address = address;
        this.sources = sources;
        localOnly = new LocalOnly(this::port, address::names);
        this.broadcaster = new Broadcaster(sources, time);
    }

    /**
     * Serves the page on this machine alone.
     *
     * @see #start(WebAddress, PageSources)
     */
    public static WebServer start(OptionalInt port, PageSources sources) {
        return start(WebAddress.local(port), sources);
    }

    /**
     * Serves the page until {@link #close()}.
     *
     * @param sources the instrument
     * @throws UserError if the port that was asked for is taken
     */
    public static WebServer start(WebAddress address, PageSources sources) {
        OptionalInt port = address.port();
        if (port.isPresent() && !isFree(address, port.getAsInt())) {
            throw taken(address, port.getAsInt(), null);
        }
        int chosen = port.orElseGet(() -> isFree(address, DEFAULT_PORT) ? DEFAULT_PORT : 0);
        WebServer server = new WebServer(address, sources);
        try {
            server.http = Javalin.create(server::configure).start(address.address().getHostAddress(), chosen);
        } catch (JavalinBindException e) {
            throw taken(address, chosen, e);
        }
        server.broadcaster.start();
        return server;
    }

    /** Asked before Javalin tries, which would log a failure that is none. */
    private static boolean isFree(WebAddress address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address.address(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static UserError taken(WebAddress address, int port, Throwable cause) {
        return new UserError("port " + port + " on " + address.address().getHostAddress()
                + " is in use or reserved; choose another with --web-port, or --no-web", cause);
    }

    /** Where the page is, with the token if one is needed. */
    public URI uri() {
        return URI.create("http://" + address.shownName() + ":" + port() + "/"
                + address.token().map(token -> "?token=" + token).orElse(""));
    }

    @Override
    public void close() {
        broadcaster.close();
        http.stop();
    }

    int clientCount() {
        return broadcaster.clientCount();
    }

    private int port() {
        return http == null ? -1 : http.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("tapkit-web");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyWebSocketServletFactory(WebServer::limit);
        config.staticFiles.add(files -> {
            files.directory = "/tapkit/web";
            files.location = Location.CLASSPATH;
            files.headers = LocalOnly.HEADERS;
        });
        config.routes.before(localOnly::http);
        config.routes.wsBeforeUpgrade(localOnly::webSocket);
        address.token().ifPresent(token -> {
            config.routes.before(request -> PageToken.check(request, token));
            config.routes.wsBeforeUpgrade(upgrade -> PageToken.checkCookie(upgrade, token));
        });
        config.routes.ws("/ws", this::speak);
    }

    private static void limit(JettyWebSocketServletFactory factory) {
        factory.setMaxTextMessageSize(LONGEST_MESSAGE);
        factory.setIdleTimeout(Duration.ofMinutes(2));
    }

    private void speak(WsConfig ws) {
        ws.onConnect(this::connect);
        ws.onMessage(this::receive);
        ws.onClose(page -> broadcaster.remove(page.sessionId()));
        ws.onError(page -> broadcaster.remove(page.sessionId()));
    }

    private void connect(WsConnectContext page) {
        if (!broadcaster.add(page.sessionId(), new PageClient(page.session))) {
            page.closeSession(WsCloseStatus.TRY_AGAIN_LATER, "too many pages are open");
        }
    }

    private void receive(WsMessageContext page) {
        long nowNanos = System.nanoTime();
        PageClient client = broadcaster.client(page.sessionId());
        if (client == null) {
            return;
        }
        if (!client.mayReceive(nowNanos)) {
            logOnce("more messages than a person sends");
            return;
        }
        try {
            switch (PageMessage.parse(page.message())) {
                case PageMessage.Ping ping ->
                    client.send(ServerMessage.pong(ping.pageMillis(), time.millis(System.nanoTime())));
                case PageMessage.Tap tap ->
                    sources.input().pad(
                            MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, Voice.of(tap.voice()).note(), tap.velocity()),
                            time.nanos(tap.atMillis(), nowNanos));
                case PageMessage.Unbind unbind -> unbind(unbind.knob());
                case PageMessage.Turn turn ->
                    sources.input().control(turn.control(), turn.voice(), turn.change(), turn.value(),
                            time.nanos(turn.atMillis(), nowNanos));
            }
        } catch (PageMessage.Malformed e) {
            logOnce(e.getMessage());
        }
    }

    private void unbind(int knob) {
        try {
            sources.unbind().accept(knob);
        } catch (UserError e) { // the file of bindings cannot be written; they are gone for this run
            Logger.error(e.getMessage());
        }
    }

    private void logOnce(String cause) {
        if (logged.add(cause)) {
            Logger.warn("Ignored a message of the page: {}", cause);
        }
    }
}

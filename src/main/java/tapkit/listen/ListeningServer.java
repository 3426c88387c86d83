package tapkit.listen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tapkit.UserError;
import tapkit.control.web.LocalOnly;

/**
 * The test's page, on 127.0.0.1 alone.
 *
 * <ul>
 * <li>{@code GET /next}: {@code {"pair": index, "done": count, "total": count}}; without {@code pair} at the end, but with
 * {@code report}, the win rates as text
 * <li>{@code GET /clip/PAIR/left} and {@code /right}: the sound, WAV; only of the pair that is next
 * <li>{@code POST /answer}, {@code {"pair": index, "choice": "left" | "right"}}: 204, or 409 if another pair is next
 * </ul>
 */
public final class ListeningServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Listening listening;
    private final LocalOnly localOnly = new LocalOnly(this::port);
    private Javalin http;

    private ListeningServer(Listening listening) {
        this.listening = listening;
    }

    /** Serves the page until {@link #close()}; port 0 is any free one. */
    public static ListeningServer start(Listening listening, int port) {
        ListeningServer server = new ListeningServer(listening);
        try {
            server.http = Javalin.create(server::configure).start(HOST, port);
        } catch (JavalinBindException e) {
            throw new UserError("port " + port + " on " + HOST + " is in use; choose another with --web-port", e);
        }
        return server;
    }

    /** Where the page is. */
    public URI uri() {
        return URI.create("http://" + HOST + ":" + port() + "/");
    }

    @Override
    public void close() {
        http.stop();
    }

    private int port() {
        return http == null ? -1 : http.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName("tapkit-listen");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        serve(config, "/", "/tapkit/listen");
        serve(config, "/style", "/tapkit/web"); // the colours and letters of tapkit's other page
        config.routes.before(localOnly::http);
        config.routes.get("/next", this::next);
        config.routes.get("/clip/{pair}/{side}", this::clip);
        config.routes.post("/answer", this::answer);
    }

    private static void serve(JavalinConfig config, String path, String resources) {
        config.staticFiles.add(files -> {
            files.hostedPath = path;
            files.directory = resources;
            files.location = Location.CLASSPATH;
            files.headers = LocalOnly.HEADERS;
        });
    }

    private void next(Context request) {
        int next = listening.next();
        int total = listening.total();
        request.json(next == total
                ? Map.of("done", total, "total", total, "report", listening.report())
                : Map.of("pair", next, "done", listening.answered(), "total", total));
    }

    private void clip(Context request) {
        int pair = number(request.pathParam("pair"));
        if (pair != listening.next() || pair == listening.total()) {
            throw new NotFoundResponse("no such clip now");
        }
        request.contentType("audio/wav").result(Clips.wav(listening.pair(pair), side(request.pathParam("side"))));
    }

    private void answer(Context request) {
        JsonNode answer;
        try {
            answer = JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("not JSON");
        }
        if (!answer.path("pair").isInt()) {
            throw new BadRequestResponse("no pair");
        }
        if (!listening.answer(answer.path("pair").intValue(), side(answer.path("choice").asText()))) {
            throw new ConflictResponse("another pair is next");
        }
        request.status(HttpStatus.NO_CONTENT);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new NotFoundResponse("no such clip");
        }
    }

    private static Pair.Side side(String name) {
        try {
            return Pair.Side.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("left or right");
        }
    }
}

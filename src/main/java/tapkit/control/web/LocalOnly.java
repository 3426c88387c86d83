package tapkit.control.web;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Lets in only what belongs to this server's own page, under the names that it has. A page of some other site that a player visits meanwhile can reach
 * 127.0.0.1 too: by its Origin, or, after its name was made to point here (DNS rebinding), by its Host it is known and refused.
 */
public final class LocalOnly {
    /** Sent with every answer. Cross-origin isolation gives the page the fine clock (5 µs). */
    public static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp", "Cross-Origin-Resource-Policy", "same-origin", "Cache-Control",
            "no-cache");

    private final IntSupplier port;
    private final Supplier<Set<String>> names;

    /** On this machine. */
    public LocalOnly(IntSupplier port) {
        this(port, () -> Set.of("127.0.0.1", "localhost"));
    }

    /**
     * Elsewhere.
     *
     * @param port  where the server is
     * @param names the server's own names and addresses, now
     */
    LocalOnly(IntSupplier port, Supplier<Set<String>> names) {
        this.port = port;
        this.names = names;
    }

    /** For requests of the page and its parts. */
    public void http(Context request) {
        HEADERS.forEach(request::header);
        String origin = request.header("Origin");
        if (!isOurHost(request.header("Host")) || (origin != null && !isOurOrigin(origin))) {
            throw new ForbiddenResponse("tapkit serves its own page only");
        }
    }

    /** For the WebSocket: browsers always name the Origin there, so it must be there. */
    void webSocket(Context upgrade) {
        http(upgrade);
        if (!isOurOrigin(upgrade.header("Origin"))) {
            throw new ForbiddenResponse("tapkit speaks with its own page only");
        }
    }

    private boolean isOurOrigin(String origin) {
        return origin != null && origin.startsWith("http://") && isOurHost(origin.substring("http://".length()));
    }

    private boolean isOurHost(String host) {
        String end = ":" + port.getAsInt();
        return host != null && host.endsWith(end)
                && names.get().stream().anyMatch(host.substring(0, host.length() - end.length())::equalsIgnoreCase);
    }
}

package tapkit.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a network, written {@code 9000}, {@code desk.local:9000} or {@code [::1]:9000}.
 *
 * @param host a name or an address; without one this machine alone, 127.0.0.1
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    /** What may be written, in words. */
    static final String RANGE = "PORT or HOST:PORT";
    private static final Pattern FORM = Pattern.compile("(?:(\\[[^\\[\\]\\s]+\\]|[^:\\[\\]\\s]+):)?([0-9]{1,5})");

    /** Reads one; empty if it is none. */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? "127.0.0.1" : matcher.group(1);
        int port = Integer.parseInt(matcher.group(2));
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

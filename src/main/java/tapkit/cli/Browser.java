package tapkit.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.tinylog.Logger;
import tapkit.port.RealTime;

/** The browser that a person uses, reached as each desktop wants it. */
final class Browser {
    private Browser() {
    }

    /** Opens an address; where that cannot be done it is said, and nothing fails. */
    static void open(URI address) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = os.contains("mac")
                ? List.of("open", address.toString())
                : os.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                        : List.of("xdg-open", address.toString());
        // the browser is not to go before the music
        RealTime.ordinarily(() -> start(command, address));
    }

    private static void start(List<String> command, URI address) {
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            Logger.warn("No browser opens by itself here ({} is missing): open {} by hand", command.getFirst(), address);
        }
    }
}

package tapkit.control.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import tapkit.UserError;

/**
 * Where the page is served.
 *
 * @param address of this machine; the wildcard is all of them
 * @param port    empty: {@link WebServer#DEFAULT_PORT} or, if that is taken, any free one
 * @param token   what a browser must know; empty on the loopback address, where only this machine can knock
 */
public record WebAddress(InetAddress address, OptionalInt port, Optional<String> token) {
    public WebAddress {
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException("a page for other machines needs a token");
        }
    }

    /** For this machine alone. */
    public static WebAddress local(OptionalInt port) {
        try {
            return new WebAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port, Optional.empty());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e); // four bytes are always an address
        }
    }

    /**
     * An address of this machine by its number or name.
     *
     * @throws UserError if it is none
     */
    public static InetAddress ofThisMachine(String name) {
        try {
            InetAddress address = InetAddress.getByName(name);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (IOException e) {
            throw new UserError("--listen is " + name + ", which is no address: " + e.getMessage(), e);
        }
        throw new UserError("--listen is " + name + ", which is no address of this machine; there are "
                + String.join(", ", own().map(WebAddress::text).toList()) + ", and 0.0.0.0 for all");
    }

    /** The names under which browsers may ask for the page, without the port. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        (address.isAnyLocalAddress() ? own() : Stream.of(address)).map(WebAddress::text).forEach(names::add);
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            names.add("localhost");
        }
        if (!address.isLoopbackAddress()) {
            hostName().ifPresent(name -> {
                names.add(name);
                names.add(name + ".local");
            });
        }
        return names;
    }

    /** The name that people are told: reachable from other machines where there is such a one. */
    String shownName() {
        if (!address.isAnyLocalAddress()) {
            return text(address);
        }
        return own().filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress()).map(WebAddress::text).findFirst()
                .orElse("localhost");
    }

    private static Stream<InetAddress> own() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses);
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** As it stands in a URI. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet4Address ? text : "[" + text + "]";
    }
}

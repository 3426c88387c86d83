package tapkit.port.jack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tapkit.UserError;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;

/**
 * MIDI through a JACK server, or PipeWire in its place. tapkit is a client of the server with five ports: {@code pad in}, {@code
 * clock in}, {@code drums out}, {@code clock out} and {@code control out}. Without {@code --in} every hardware input is connected to {@code pad in}, also
 * one that is plugged in later; the outputs are connected only where {@code --out} says, or by the user's patch bay.
 */
public final class JackBackend implements MidiBackend {
    static final String NAME = "jack";
    private static final String CLIENT = "tapkit";
    private static final long PATIENCE_SECONDS = 5;

    private final String server;
    private final String client;

    /** The default server, or the one that the environment variable {@code JACK_DEFAULT_SERVER} names. */
    public JackBackend() {
        this(null);
    }

    /** The server of this name; null: the default one. */
    public JackBackend(String server) {
        this(server, CLIENT);
    }

    private JackBackend(String server, String client) {
        this.server = server;
        this.client = client;
    }

    /**
     * The same server with tapkit under another name, for two of them that are to know each other: JACK would give the second one a number,
     * PipeWire lets both have the same name.
     */
    public JackBackend named(String name) {
        return new JackBackend(server, name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailable() {
        if (JackLibrary.Library.FOUND.isEmpty()) {
            return Optional.of("libjack is not installed (Debian, Ubuntu: apt install libjack-jackd2-0, or pipewire-jack)");
        }
        try {
            Optional<JackClient> probe = probe();
            probe.ifPresent(JackClient::close);
            return probe.isPresent() ? Optional.empty() : Optional.of(noServer());
        } catch (TimeoutException e) {
            return Optional
                    .of("the JACK server" + (server == null ? "" : " " + server) + " is there but does not answer: restart it");
        }
    }

    /**
     * A client for a moment; empty if no server runs. One that hangs would have its clients wait for ever: then the thread that waits is left
     * to itself.
     */
    private Optional<JackClient> probe() throws TimeoutException {
        CompletableFuture<Optional<JackClient>> opened = CompletableFuture.supplyAsync(
                () -> JackClient.open(client + "-probe", server),
                task -> Thread.ofPlatform().daemon().name("tapkit-jack-probe").start(task));
        try {
            return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException(e.getMessage());
        } catch (ExecutionException e) {
            throw new LinkageError("libjack cannot be used: " + e.getCause(), e);
        }
    }

    @Override
    public List<PortInfo> ports() {
        if (JackLibrary.Library.FOUND.isEmpty()) {
            return List.of();
        }
        return asked(probe -> probe.ports().stream().map(JackPort::info).toList()).orElse(List.of());
    }

    /** What there is to know about the server; empty if there is none. */
    public Optional<JackServerInfo> server() {
        if (JackLibrary.Library.FOUND.isEmpty()) {
            return Optional.empty();
        }
        return asked(JackClient::server);
    }

    private <T> Optional<T> asked(Function<JackClient, T> question) {
        try {
            Optional<JackClient> opened = probe();
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (JackClient probe = opened.get()) {
                return Optional.of(question.apply(probe));
            }
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Frames a second; empty if there is no server. */
    public OptionalInt rate() {
        return server().map(info -> OptionalInt.of(info.rate())).orElse(OptionalInt.empty());
    }

    @Override
    public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        if (JackLibrary.Library.FOUND.isEmpty()) {
            throw new UserError("JACK: " + unavailable().orElseThrow());
        }
        JackClient opened = JackClient.open(client, server).orElseThrow(() -> new UserError("JACK: " + noServer()));
        return new JackSession(opened, () -> JackClient.open(client + "-warm-up", server),
                () -> JackClient.open(client, server), plan, pad, clock);
    }

    private String noServer() {
        return "no JACK server " + (server == null ? "" : "called " + server + " ")
                + "is running: start one (qjackctl, or jackd -d alsa), or under PipeWire start tapkit with pw-jack";
    }
}

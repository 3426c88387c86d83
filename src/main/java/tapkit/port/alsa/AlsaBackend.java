package tapkit.port.alsa;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tapkit.UserError;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;
import tapkit.port.alsa.AlsaClient.Opened;

/**
 * MIDI through Linux's own sequencer, without a server. tapkit is a client of it with five ports: {@code pad in}, {@code clock in},
 * {@code drums out} and {@code clock out}. Without {@code --in} every hardware input is connected to {@code pad in}, also one
 * that is plugged in later; the outputs are connected only where {@code --out} says, or by {@code aconnect}.
 */
public final class AlsaBackend implements MidiBackend {
    static final String NAME = "alsa";
    private static final String CLIENT = "tapkit";
    /** What libasound opens; where it is not there, a start need not link a hundred functions to hear that. */
    private static final Path SEQUENCER = Path.of("/dev/snd/seq");

    private final String client;

    public AlsaBackend() {
        this(CLIENT);
    }

    private AlsaBackend(String client) {
        this.client = client;
    }

    /** The same with tapkit under another name, for two of them that are to know each other. */
    public AlsaBackend named(String name) {
        return new AlsaBackend(name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailable() {
        if (AlsaLibrary.Library.FOUND.isEmpty()) {
            return Optional.of("libasound is not installed (Debian, Ubuntu: apt install libasound2)");
        }
        if (Files.notExists(SEQUENCER)) {
            return Optional.of(reason(AlsaLibrary.ENOENT));
        }
        Opened probe = AlsaClient.open(client + " probe", false);
        if (probe.client() == null) {
            return Optional.of(reason(probe.code()));
        }
        probe.client().close();
        return Optional.empty();
    }

    @Override
    public List<PortInfo> ports() {
        if (AlsaLibrary.Library.FOUND.isEmpty()) {
            return List.of();
        }
        Opened probe = AlsaClient.open(client + " probe", false);
        if (probe.client() == null) {
            return List.of();
        }
        try (AlsaClient open = probe.client()) {
            return AlsaPort.infos(open.ports());
        }
    }

    @Override
    public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        if (AlsaLibrary.Library.FOUND.isEmpty()) {
            throw new UserError("ALSA: " + unavailable().orElseThrow());
        }
        return AlsaSession.open(client, plan, pad, clock);
    }

    /** A client of the sequencer, which must be there. */
    static AlsaClient client(String name, boolean waits) {
        Opened opened = AlsaClient.open(name, waits);
        if (opened.client() == null) {
            throw new UserError("ALSA: " + reason(opened.code()));
        }
        return opened.client();
    }

    static String reason(int code) {
        return switch (code) {
            case AlsaLibrary.ENOENT, AlsaLibrary.ENODEV ->
                "the kernel's sequencer is not there (no /dev/snd/seq): load it with `sudo modprobe snd-seq`";
            case AlsaLibrary.EACCES ->
                "you may not use /dev/snd/seq: join the group audio (`sudo usermod -aG audio $USER`) and "
                        + "log in again";
            default -> "the kernel's sequencer cannot be opened: " + AlsaLibrary.errorText(code);
        };
    }
}

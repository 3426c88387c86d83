package tapkit.port.coremidi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;
import tapkit.port.javasound.JavaSoundBackend;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiDeviceProvider;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiException;

/**
 * macOS's ports through CoreMIDI4J, which stands behind the interfaces of {@code javax.sound.midi} and mends its faults on macOS.
 * It sees ports that exist; to have one that other programs see, switch on the IAC bus in Audio MIDI Setup. CoreMIDI4J's native part is
 * never loaded on another system.
 */
public final class CoreMidiBackend implements MidiBackend {
    private static final String NAME = "coremidi";

    private final MidiBackend devices = new JavaSoundBackend(NAME,
            () -> JavaSoundBackend.devices(CoreMidiDeviceProvider.getMidiDeviceInfo()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailable() {
        if (!isMac()) {
            return Optional.of("CoreMIDI is there on macOS only");
        }
        try {
            if (!CoreMidiDeviceProvider.isLibraryLoaded()) {
                return Optional.of("the native part of CoreMIDI4J cannot be loaded");
            }
        } catch (CoreMidiException e) {
            return Optional.of("CoreMIDI does not answer: " + e.getMessage());
        }
        return devices.unavailable().map(reason -> reason + ", or switch on the IAC bus in Audio MIDI Setup");
    }

    @Override
    public List<PortInfo> ports() {
        return isMac() ? devices.ports() : List.of();
    }

    @Override
    public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        return devices.open(plan, pad, clock);
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }
}

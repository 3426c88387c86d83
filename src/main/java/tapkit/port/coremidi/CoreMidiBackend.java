package tapkit.port.coremidi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sound.midi.MidiDevice;
import org.tinylog.Logger;
import tapkit.port.InputRouter;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;
import tapkit.port.javasound.DeviceWatch.Listener;
import tapkit.port.javasound.DeviceWatch.Watching;
import tapkit.port.javasound.JavaSoundBackend;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiDeviceProvider;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiException;
import uk.co.xfactorylibrarians.coremidi4j.CoreMidiNotification;

/**
 * macOS's ports through CoreMIDI4J, which stands behind the interfaces of {@code javax.sound.midi} and mends its faults on macOS.
 * It sees ports that exist; those of tapkit's own, which other programs see, are {@link VirtualPorts}, and where they cannot be had the
 * IAC bus of Audio MIDI Setup serves. Nothing native is ever loaded on another system.
 */
public final class CoreMidiBackend implements MidiBackend {
    private static final String NAME = "coremidi";

    private final JavaSoundBackend devices = new JavaSoundBackend(NAME,
            () -> others(CoreMidiDeviceProvider.getMidiDeviceInfo()), CoreMidiBackend::watch);

    /** Without tapkit's own ports: the drums that go out are not to come in as taps. */
    private static List<MidiDevice> others(MidiDevice.Info[] infos) {
        return JavaSoundBackend.devices(infos).stream().filter(device -> !VirtualPorts.isOwn(device.getDeviceInfo().getName()))
                .toList();
    }

    /** CoreMIDI4J tells on CoreMIDI's own thread, which must not wait for devices to be opened. */
    private static Watching watch(Listener listener) {
        CoreMidiNotification changed = () -> Thread.ofPlatform().name("tapkit-devices").daemon()
                .start(() -> listener.changed(name -> false));
        try {
            CoreMidiDeviceProvider.addNotificationListener(changed);
        } catch (CoreMidiException e) {
            Logger.warn("CoreMIDI does not tell of devices that are plugged in: {}", e.getMessage());
            return () -> {
            };
        }
        return () -> {
            try {
                CoreMidiDeviceProvider.removeNotificationListener(changed);
            } catch (CoreMidiException e) {
                Logger.debug("CoreMIDI: {}", e.getMessage()); // it tells no more either way
            }
        };
    }

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
        return CoreMidiLibrary.Library.MIDI.isPresent()
                ? Optional.empty()
                : devices.unavailable().map(reason -> reason + ", or switch on the IAC bus in Audio MIDI Setup");
    }

    @Override
    public List<PortInfo> ports() {
        return isMac() ? devices.ports() : List.of();
    }

    @Override
    public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        Optional<VirtualPorts> own = ownPorts(new InputRouter(plan, pad, clock).padPort(0));
        if (own.isEmpty()) {
            return devices.open(plan, pad, clock);
        }
        try {
            boolean any = devices.unavailable().isEmpty();
            return new CoreMidiSession(own.get(), any ? Optional.of(devices.open(plan, false, pad, clock)) : Optional.empty(),
                    plan.out() != null, plan.sendClock());
        } catch (RuntimeException | Error e) {
            own.get().close();
            throw e;
        }
    }

    /** Where CoreMIDI refuses them, devices and the IAC bus still serve. */
    private static Optional<VirtualPorts> ownPorts(MidiReceiver receiver) {
        if (CoreMidiLibrary.Library.MIDI.isEmpty() || CoreMidiLibrary.Library.FOUNDATION.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(VirtualPorts.open(receiver));
        } catch (IllegalStateException | LinkageError e) {
            Logger.warn("tapkit has no ports of its own ({}); name a device or the IAC bus with --in and --out",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }
}

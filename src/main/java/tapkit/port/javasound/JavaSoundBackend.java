package tapkit.port.javasound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Sequencer;
import javax.sound.midi.Synthesizer;
import tapkit.port.Connections;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.PortPlan;

/**
 * Devices through {@code javax.sound.midi}: the fallback. What comes in is stamped when it arrives (on Linux that is a millisecond
 * coarse); what goes out waits for its time in a {@link tapkit.port.TimedOutput}, because the device would not. Without {@code
 * --in} the first input is opened, without {@code --out} the first output. Java's own synthesizer and sequencer are no ports.
 */
public final class JavaSoundBackend implements MidiBackend {
    private final String name;
    private final Supplier<List<MidiDevice>> devices;
    private final DeviceWatch watch;

    public JavaSoundBackend() {
        this("javasound", () -> devices(MidiSystem.getMidiDeviceInfo()), DeviceWatch.folder(Path.of("/dev/snd")));
    }

    /**
     * Another source of devices behind the same interfaces.
     *
     * @param name    the backend's name
     * @param devices asked anew each time, and only when there is a reason, because asking may open ports for a moment
     * @param watch   tells when there is one
     */
    public JavaSoundBackend(String name, Supplier<List<MidiDevice>> devices, DeviceWatch watch) {
        this.name = name;
        this.devices = devices;
        this.watch = watch;
    }

    /** The devices that stand for ports. */
    public static List<MidiDevice> devices(MidiDevice.Info[] infos) {
        return Arrays.stream(infos).flatMap(info -> {
            try {
                return Optional.of(MidiSystem.getMidiDevice(info)).stream();
            } catch (MidiUnavailableException | IllegalArgumentException gone) {
                return Optional.<MidiDevice>empty().stream(); // unplugged since it was listed
            }
        }).filter(device -> !(device instanceof Sequencer) && !(device instanceof Synthesizer)).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> unavailable() {
        return found().isEmpty() ? Optional.of("no MIDI device is there: plug one in") : Optional.empty();
    }

    @Override
    public List<PortInfo> ports() {
        return found().stream().map(Found::info).toList();
    }

    @Override
    public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        return open(plan, true, pad, clock);
    }

    /**
     * The same.
     *
     * @param firstOutput whether the first output is opened where none is named
     */
    public MidiSession open(PortPlan plan, boolean firstOutput, MidiReceiver pad, MidiReceiver clock) {
        return new JavaSoundSession(this::found, watch, plan, firstOutput, pad, clock);
    }

    /**
     * A port and its device.
     *
     * @param name what it is known by from one plugging in to the next
     */
    record Found(String name, PortInfo info, MidiDevice device) implements Connections.Port {
        @Override
        public Direction direction() {
            return info.direction();
        }

        @Override
        public boolean hardware() {
            return true;
        }

        /** Java makes new objects for devices that were there all the time; on Linux their names have the address in them. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Found that && direction() == that.direction()
                    && (device.equals(that.device) || (hasAddress() && info.name().equals(that.info.name())));
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        private boolean hasAddress() {
            return info.name().contains("[hw:");
        }
    }

    private List<Found> found() {
        List<Found> found = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (MidiDevice device : devices.get()) {
            MidiDevice.Info info = device.getDeviceInfo();
            Direction direction = device.getMaxTransmitters() != 0 ? Direction.IN : Direction.OUT;
            // Card numbers as in "[hw:1,0,0]" change when a device is plugged in again: they are no part of what it is known by.
            String id = info.getDescription() + "/" + info.getName().replaceAll(" ?\\[hw:[^]]*]", "");
            int twin = seen.merge(direction + id, 1, Integer::sum);
            found.add(new Found(id, new PortInfo(name, twin == 1 ? id : id + " #" + twin, info.getName(), direction), device));
        }
        return found;
    }
}

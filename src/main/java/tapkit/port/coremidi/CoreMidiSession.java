package tapkit.port.coremidi;

import java.util.Optional;
import tapkit.port.MidiOutput;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;

/**
 * tapkit's own ports beside devices. The drums go to the device that was named, else to the source that other programs listen to.
 */
final class CoreMidiSession implements MidiSession {
    private final VirtualPorts ports;
    private final Optional<MidiSession> devices;
    private final boolean sendClock;
    private final boolean toDevice;

    /**
     * @param devices  open devices, or empty where there are none
     * @param toDevice whether an output was named
     */
    CoreMidiSession(VirtualPorts ports, Optional<MidiSession> devices, boolean toDevice, boolean sendClock) {
        this.ports = ports;
        this.devices = devices;
        this.toDevice = toDevice;
        this.sendClock = sendClock;
    }

    @Override
    public MidiOutput drums() {
        return toDevice ? devices.orElseThrow().drums() : ports.drums();
    }

    @Override
    public MidiOutput clock() {
        return sendClock ? drums() : MidiOutput.NONE;
    }

    @Override
    public MidiOutput control() {
        return devices.map(MidiSession::control).orElse(MidiOutput.NONE);
    }

    @Override
    public String describe() {
        return "CoreMIDI: ports \"tapkit pad in\", \"tapkit drums out\"" + devices.map(d -> "; " + d.describe()).orElse("");
    }

    @Override
    public PortHealth health() {
        PortHealth health = devices.map(MidiSession::health).orElse(PortHealth.GOOD);
        return new PortHealth(health.lost(), health.xruns(), health.late() + ports.drums().late(),
                health.dropped() + ports.drums().dropped(), health.away().or(ports.drums()::away));
    }

    @Override
    public void close() {
        devices.ifPresent(MidiSession::close);
        ports.close();
    }
}

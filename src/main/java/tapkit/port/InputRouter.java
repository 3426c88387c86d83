package tapkit.port;

/**
 * Parts what comes in: MIDI clock, Start, Stop, Continue and Song Position go to the clock receiver, the rest to the pad's;
 * active sensing goes nowhere. Where no port was named for the clock, clock messages count from any port, until the first one comes
 * over a clock port: from then on only those, so that a pad that sends clock as well does not double it.
 */
public final class InputRouter {
    private final MidiReceiver pad;
    private final MidiReceiver clock;
    private final MidiReceiver padPort = this::fromPadPort;
    private final MidiReceiver clockPort = this::fromClockPort;
    private volatile boolean onlyClockPort;

    public InputRouter(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        this.pad = pad;
        this.clock = clock;
        this.onlyClockPort = plan.clockIn() != null;
    }

    /** Takes what comes over a port for pads. */
    public MidiReceiver padPort() {
        return padPort;
    }

    /** Takes what comes over a port for clock; anything else than clock is dropped. */
    public MidiReceiver clockPort() {
        return clockPort;
    }

    private void fromPadPort(int message, long atNanos) {
        if (isClock(message)) {
            if (!onlyClockPort) {
                clock.receive(message, atNanos);
            }
        } else if (MidiMessage.status(message) != MidiMessage.ACTIVE_SENSING) {
            pad.receive(message, atNanos);
        }
    }

    private void fromClockPort(int message, long atNanos) {
        if (isClock(message)) {
            onlyClockPort = true;
            clock.receive(message, atNanos);
        }
    }

    private static boolean isClock(int message) {
        return switch (MidiMessage.status(message)) {
            case MidiMessage.SONG_POSITION, MidiMessage.CLOCK, MidiMessage.START, MidiMessage.CONTINUE, MidiMessage.STOP ->
                true;
            default -> false;
        };
    }
}

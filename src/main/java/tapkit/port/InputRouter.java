package tapkit.port;

import java.util.Arrays;

/**
 * Parts what comes in: MIDI clock, Start, Stop, Continue and Song Position go to the clock receiver, the rest to the pad's;
 * active sensing goes nowhere. Where no port was named for the clock, clock messages count from any port, until the first one comes
 * over a clock port: from then on only those, so that a pad that sends clock as well does not double it.
 */
public final class InputRouter {
    private final MidiReceiver pad;
    private final MidiReceiver clock;
    private final MidiReceiver[] padPorts = new MidiReceiver[MidiMessage.MOST_INPUTS];
    private final MidiReceiver clockPort = this::fromClockPort;
    private volatile boolean onlyClockPort;

    public InputRouter(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        this.pad = pad;
        this.clock = clock;
        Arrays.setAll(padPorts, input -> (message, atNanos) -> fromPadPort(input, message, atNanos));
        this.onlyClockPort = plan.clockIn() != null;
    }

    /** Takes what comes over a port for pads, and marks it with the number of that input ({@link MidiMessage#input}). */
    public MidiReceiver padPort(int input) {
        return padPorts[input];
    }

    /** Takes what comes over a port for clock; anything else than clock is dropped. */
    public MidiReceiver clockPort() {
        return clockPort;
    }

    private void fromPadPort(int input, int message, long atNanos) {
        if (isClock(message)) {
            if (!onlyClockPort) {
                clock.receive(message, atNanos);
            }
        } else if (MidiMessage.status(message) != MidiMessage.ACTIVE_SENSING) {
            pad.receive(MidiMessage.from(input, message), atNanos);
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

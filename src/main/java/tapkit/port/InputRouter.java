package tapkit.port;

import java.util.Arrays;

/**
 * Parts what comes in: MIDI clock, Start, Stop, Continue and Song Position go to the clock receiver, the rest to the pad's;
 * active sensing goes nowhere. Where no port was named for the clock, clock messages count from any port, until the first one comes
 * over a clock port: from then on only those, so that a pad that sends clock as well does not double it. Of several pads' ports one leads:
 * the first that brings clock, until another one starts, continues or is moved, or the first has been silent for a second.
 */
public final class InputRouter {
    private static final int NOBODY = -1;
    private static final long SILENCE_NANOS = 1_000_000_000;

    private final MidiReceiver pad;
    private final MidiReceiver clock;
    private final MidiReceiver[] padPorts = new MidiReceiver[MidiMessage.MOST_INPUTS];
    private final MidiReceiver clockPort = this::fromClockPort;
    private volatile boolean onlyClockPort;
    /** The pad's input that brings the clock, and when it did last. */
    private volatile int leader = NOBODY;
    private volatile long ledNanos;

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
            if (!onlyClockPort && leads(input, message, atNanos)) {
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

    private boolean leads(int input, int message, long atNanos) {
        boolean takesOver = switch (MidiMessage.status(message)) {
            case MidiMessage.START, MidiMessage.CONTINUE, MidiMessage.SONG_POSITION -> true;
            default -> leader == NOBODY || atNanos - ledNanos > SILENCE_NANOS;
        };
        if (takesOver) {
            leader = input;
        } else if (leader != input) {
            return false;
        }
        ledNanos = atNanos;
        return true;
    }

    private static boolean isClock(int message) {
        return switch (MidiMessage.status(message)) {
            case MidiMessage.SONG_POSITION, MidiMessage.CLOCK, MidiMessage.START, MidiMessage.CONTINUE, MidiMessage.STOP ->
                true;
            default -> false;
        };
    }
}

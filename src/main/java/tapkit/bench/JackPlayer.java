package tapkit.bench;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tapkit.port.MidiBackend;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.PortPlan;

/**
 * tapkit's drums on a JACK server: one session sends, another, connected to it by the server, notes the frame at which each note
 * is in its buffer. Numbered notes tell a lost one from a late one.
 */
final class JackPlayer implements AutoCloseable, MidiReceiver {
    private static final int NOTES = 128;
    /** Velocities 1 to 127. */
    private static final int VELOCITIES = 127;
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final long MISSING = Long.MIN_VALUE;

    private final MidiSession receiver;
    private final MidiSession sender;
    private final long halfFrameNanos;
    private Timetable timetable = new Timetable(0, 0, 0);
    private long[] errorNanos = new long[0];
    private volatile int received;
    private long xrunsBefore;

    /** @param rate the server's frames a second */
    JackPlayer(MidiBackend jack, int rate) {
        // JACK tells times in whole microseconds, and takes its frames to be a little longer or shorter than their rate says.
        halfFrameNanos = 550_000_000L / rate + 1_000;
        Set<PortInfo> before = new HashSet<>(jack.ports());
        receiver = jack.open(new PortPlan(List.of(), null, null, false), this, NOBODY);
        try {
            sender = jack.open(new PortPlan(List.of(), ownInput(jack, before), null, false), NOBODY, NOBODY);
        } catch (RuntimeException | Error e) {
            receiver.close();
            throw e;
        }
    }

    private static String ownInput(MidiBackend jack, Set<PortInfo> before) {
        Optional<PortInfo> own = jack.ports().stream()
                .filter(port -> port.direction() == Direction.OUT && !before.contains(port))
                .filter(port -> port.id().endsWith(":pad in")).findFirst();
        return own.map(PortInfo::id).orElseThrow(() -> new IllegalStateException(
                "no port of the receiver among " + jack.ports().stream().map(PortInfo::id).collect(Collectors.joining(", "))));
    }

    void begin(Timetable times) {
        errorNanos = new long[times.events()];
        Arrays.fill(errorNanos, MISSING);
        received = 0;
        xrunsBefore = sender.health().xruns();
        timetable = times;
    }

    void send(int event) {
        sender.drums().send(message(event), timetable.atNanos(event));
    }

    @Override
    public void receive(int message, long atNanos) {
        for (int event = received; event < errorNanos.length; event++) {
            if (message == message(event)) {
                errorNanos[event] = atNanos - timetable.atNanos(event);
                received = event + 1;
                return;
            }
        }
    }

    private static int message(int event) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, event % NOTES, 1 + event / NOTES % VELOCITIES);
    }

    /** What came of it; waits for the last event, for two seconds after its time at most. */
    JackFrames await() throws InterruptedException {
        long deadline = timetable.atNanos(timetable.events()) + PATIENCE_NANOS;
        while (received < timetable.events() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long missing = 0;
        long offFrame = 0;
        long worst = 0;
        for (long error : errorNanos) {
            if (error == MISSING) {
                missing++;
            } else {
                offFrame += Math.abs(error) > halfFrameNanos ? 1 : 0;
                worst = Math.max(worst, Math.abs(error));
            }
        }
        return new JackFrames(errorNanos.length, offFrame + missing, missing, sender.health().xruns() - xrunsBefore,
                worst / 1e3);
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}

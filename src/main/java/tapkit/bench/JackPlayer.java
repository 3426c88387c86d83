package tapkit.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import tapkit.port.CallbackTimes;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;

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

    private final MidiSession receiver;
    private final MidiSession sender;
    private final long halfFrameNanos;
    private Timetable timetable = new Timetable(0, 0, 0);
    private volatile Numbered heard = new Numbered(JackPlayer::message, 0);
    private long xrunsBefore;
    private CallbackTimes callbacksBefore;

    /** @param rate the server's frames a second */
    JackPlayer(JackBackend jack, int rate) {
        // JACK tells times in whole microseconds, and takes its frames to be a little longer or shorter than their rate says.
        halfFrameNanos = 550_000_000L / rate + 1_000;
        String ears = JackDirectPlayer.unique("tapkit-ears");
        receiver = jack.named(ears).open(new PortPlan(List.of(), null, null, false), this, NOBODY);
        try {
            sender = jack.named(JackDirectPlayer.unique("tapkit-drums")).open(
                    new PortPlan(List.of(), ears + ":pad in", null, false),
                    NOBODY, NOBODY);
            callbacksBefore = callbacks();
        } catch (RuntimeException | Error e) {
            receiver.close();
            throw e;
        }
    }

    void begin(Timetable times) {
        heard = new Numbered(JackPlayer::message, times.events());
        xrunsBefore = sender.health().xruns();
        callbacksBefore = callbacks();
        timetable = times;
    }

    void send(int event) {
        sender.drums().send(message(event), timetable.atNanos(event));
    }

    @Override
    public void receive(int message, long atNanos) {
        heard.came(message, atNanos);
    }

    private static int message(int event) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, event % NOTES, 1 + event / NOTES % VELOCITIES);
    }

    /** What came of it; waits for the last event, for two seconds after its time at most. */
    JackFrames await() throws InterruptedException {
        long deadline = timetable.atNanos(timetable.events()) + PATIENCE_NANOS;
        while (!heard.isComplete() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long missing = 0;
        long offFrame = 0;
        long worst = 0;
        for (int event = 0; event < timetable.events(); event++) {
            if (heard.isMissing(event)) {
                missing++;
            } else {
                long error = Math.abs(heard.atNanos(event) - timetable.atNanos(event));
                offFrame += error > halfFrameNanos ? 1 : 0;
                worst = Math.max(worst, error);
            }
        }
        return new JackFrames(timetable.events(), offFrame + missing, missing, sender.health().xruns() - xrunsBefore,
                worst / 1e3, callbacks().since(callbacksBefore));
    }

    private CallbackTimes callbacks() {
        return sender.callbacks().orElseThrow().plus(receiver.callbacks().orElseThrow());
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}

package tapkit.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.alsa.AlsaBackend;

/**
 * tapkit's drums through the kernel's sequencer: one session hands notes to its queue, another, connected to it by the kernel, gets
 * them with the time at which the kernel says that they came.
 */
final class AlsaPlayer implements AutoCloseable {
    private static final int NOTES = 128;
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private final MidiSession receiver;
    private final MidiSession sender;
    private Timetable timetable = new Timetable(0, 0, 0);
    private volatile Numbered heard = new Numbered(AlsaPlayer::message, 0);

    AlsaPlayer(AlsaBackend alsa) {
        String ears = JackDirectPlayer.unique("tapkit-ears");
        receiver = alsa.named(ears).open(new PortPlan(List.of(), null, null, false), this::came, NOBODY);
        try {
            sender = alsa.named(JackDirectPlayer.unique("tapkit-drums")).open(
                    new PortPlan(List.of(), ears + ":pad in", null, false), NOBODY, NOBODY);
        } catch (RuntimeException | Error e) {
            receiver.close();
            throw e;
        }
    }

    void begin(Timetable times) {
        heard = new Numbered(AlsaPlayer::message, times.events());
        timetable = times;
    }

    void send(int event) {
        sender.drums().send(message(event), timetable.atNanos(event));
    }

    private void came(int message, long atNanos) {
        heard.came(message, atNanos);
    }

    private static int message(int event) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, event % NOTES, 100);
    }

    /** How late each was; waits for the last event, for two seconds after its time at most. */
    Punctuality await() throws InterruptedException {
        long deadline = timetable.atNanos(timetable.events()) + PATIENCE_NANOS;
        while (!heard.isComplete() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return Punctuality.of(IntStream.range(0, timetable.events()).filter(event -> !heard.isMissing(event))
                .mapToLong(event -> heard.atNanos(event) - timetable.atNanos(event)).toArray());
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}

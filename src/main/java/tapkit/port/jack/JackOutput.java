package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.OutputQueue;
import tapkit.port.PendingMessages;
import tapkit.port.SoundingNotes;

/**
 * An output port: {@link #send} queues, {@link #process} writes each message into the period and frame that its time falls on.
 */
final class JackOutput implements MidiOutput {
    /** A new connection carries nothing yet in the period in which it is made. */
    private static final int PERIODS_TO_CONNECT = 4;

    private final JackProcess process;
    private final OutputQueue queue = new OutputQueue();
    private final SoundingNotes sounding = new SoundingNotes();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger remindersAsked = new AtomicInteger();
    private long port;
    private int remindersTaken;
    private int periodsToReminder;
    private boolean ending;

    JackOutput(JackProcess process) {
        this.process = process;
    }

    /** From now on it is this port of JACK's. Only while no period serves it. */
    JackOutput at(long jackPort) {
        port = jackPort;
        return this;
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (!process.isServing()) {
            return process.failure().isEmpty(); // while the server is away nobody is there to hear it
        }
        if (queue.offer(message, atNanos)) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public boolean sendNow(int message, long atNanos) {
        if (!process.isServing()) {
            return process.failure().isEmpty();
        }
        if (queue.offerNow(message, atNanos)) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        queue.measureNow(nanos);
    }

    /** Two periods: one because the callback that writes a frame runs up to a period before it, one to spare. */
    @Override
    public long leadNanos() {
        return 2 * process.periodNanos();
    }

    @Override
    public void silence() {
        queue.silence();
    }

    /** A receiver is back: tells it which notes have ended meanwhile. */
    void remind() {
        remindersAsked.incrementAndGet();
    }

    /** Whether every silence that was asked for has been carried out. */
    boolean isSilent() {
        return queue.isSilent();
    }

    long late() {
        return late.get();
    }

    long dropped() {
        return dropped.get();
    }

    /** Writes the messages of one period. What finds no room in the server's buffer goes first in the next. */
    void process(int frames, CycleTime time) throws Throwable {
        long buffer = (long) JackLibrary.PORT_BUFFER.invokeExact(port, frames);
        if (buffer == 0) {
            return;
        }
        JackLibrary.MIDI_CLEAR.invokeExact(buffer);
        if (queue.takeSilence()) {
            sounding.beginEnding();
            ending = true;
        }
        int asked = remindersAsked.get();
        if (asked != remindersTaken) {
            remindersTaken = asked;
            periodsToReminder = PERIODS_TO_CONNECT;
        } else if (periodsToReminder > 0 && --periodsToReminder == 0) {
            sounding.beginReminding();
        }
        if ((ending && !end(buffer)) || !tellReminders(buffer)) {
            return;
        }
        PendingMessages pending = queue.pending(time.nanosAt(0));
        int done = 0;
        while (done < pending.size()) {
            int frame = time.frameAt(pending.atNanos(done));
            if (frame >= frames || !write(buffer, Math.max(frame, 0), pending.message(done))) {
                break;
            }
            if (frame < 0) {
                late.setRelease(late.getPlain() + 1);
            }
            done++;
        }
        pending.removeFirst(done);
    }

    private boolean end(long buffer) throws Throwable {
        for (int message = sounding.ending(); message != 0; message = sounding.ending()) {
            if (!write(buffer, 0, message)) {
                return false;
            }
        }
        ending = false;
        queue.silenceDone();
        return true;
    }

    private boolean tellReminders(long buffer) throws Throwable {
        for (int message = sounding.reminder(); message != 0; message = sounding.reminder()) {
            if (!write(buffer, 0, message)) {
                return false;
            }
        }
        return true;
    }

    private boolean write(long buffer, int frame, int message) throws Throwable {
        int length = MidiMessage.length(message);
        if (length == 0) {
            return true; // nothing that a MIDI port could carry
        }
        long bytes = (long) JackLibrary.MIDI_RESERVE.invokeExact(buffer, frame, (long) length);
        if (bytes == 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            JackLibrary.MEMORY.set(JAVA_BYTE, bytes + i, (byte) (message >>> (8 * i)));
        }
        sounding.sent(message);
        return true;
    }
}

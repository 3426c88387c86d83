package tapkit.port.alsa;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import tapkit.port.MidiOutput;

/**
 * An output port: {@link #send} puts each message into the kernel's queue at once, with its time; the kernel does the rest. {@link
 * #silence} takes back what waits there and ends what may sound.
 */
final class AlsaOutput implements MidiOutput {
    /** Enough for a thread that gets its turn late; the kernel itself needs none. */
    private static final long LEAD_NANOS = 5_000_000;
    private static final long LATE_NANOS = 1_000_000;
    /** Threads that may send at once at the same time: one for each input, and some of the page's. */
    private static final int SENDERS = 32;

    private final AlsaClient client;
    private final AlsaQueue queue;
    private final int port;
    private final int tag;
    private final long event;
    private final long endingEvent;
    private final long removal;
    private final HandedNotes notes = new HandedNotes();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final long[] immediate = new long[SENDERS];
    private final AtomicIntegerArray taken = new AtomicIntegerArray(SENDERS);
    private volatile LongConsumer delays = nanos -> {
    };
    private volatile Optional<String> lost = Optional.empty();

    /**
     * @param port its number in the client
     * @param tag  marks its messages in the queue, which it shares: 1 to 127, one for each output
     */
    AlsaOutput(AlsaClient client, AlsaQueue queue, int port, int tag) {
        this.client = client;
        this.queue = queue;
        this.port = port;
        this.tag = tag;
        event = client.allocate(AlsaEvent.BYTES);
        endingEvent = client.allocate(AlsaEvent.BYTES);
        Arrays.setAll(immediate, i -> client.allocate(AlsaEvent.BYTES));
        removal = client.structure(AlsaLibrary.REMOVE_EVENTS_SIZE);
        AlsaClient.set(AlsaLibrary.REMOVE_EVENTS_SET_CONDITION, removal,
                AlsaLibrary.REMOVE_OUTPUT | AlsaLibrary.REMOVE_TAG_MATCH);
        AlsaClient.set(AlsaLibrary.REMOVE_EVENTS_SET_TAG, removal, tag);
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (lost.isEmpty() && AlsaEvent.encode(event, port, message)) {
            AlsaEvent.schedule(event, queue.number(), tag, queue.time().queueNanos(atNanos));
            notes.handed(message, atNanos);
            if (System.nanoTime() - atNanos > LATE_NANOS) {
                late.setRelease(late.getPlain() + 1);
            }
            if (output(event) >= 0) {
                return true;
            }
            notes.refused(message);
        }
        dropped.incrementAndGet();
        return false;
    }

    /** Past the queue, from the calling thread; each that calls at the same time writes into a piece of memory of its own. */
    @Override
    public boolean sendNow(int message, long atNanos) {
        for (int i = 0; i < immediate.length && lost.isEmpty(); i++) {
            if (taken.compareAndSet(i, 0, 1)) {
                boolean sent = AlsaEvent.encode(immediate[i], port, message);
                if (sent) {
                    notes.handed(message, atNanos);
                    sent = output(immediate[i]) >= 0;
                }
                taken.set(i, 0);
                if (sent) {
                    delays.accept(System.nanoTime() - atNanos);
                    return true;
                }
                notes.refused(message);
                break;
            }
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        delays = nanos;
    }

    @Override
    public long leadNanos() {
        return LEAD_NANOS;
    }

    @Override
    public synchronized void silence() {
        if (lost.isPresent()) {
            return;
        }
        if (AlsaLibrary.call(() -> (int) AlsaLibrary.REMOVE_EVENTS.invokeExact(client.handle(), removal)) < 0) {
            dropped.incrementAndGet(); // still there, and they end by themselves: note-offs are among them
        }
        notes.endings(System.nanoTime(), message -> end(message, AlsaEvent.SUBSCRIBERS, AlsaEvent.SUBSCRIBERS_PORT));
        notes.forget();
    }

    /** Ends what may still sound at one port that has come back, and at no other; what waits goes on. */
    synchronized void endAt(int otherClient, int otherPort) {
        if (lost.isEmpty()) {
            notes.missedEndings(message -> end(message, otherClient, otherPort));
        }
    }

    private void end(int message, int toClient, int toPort) {
        AlsaEvent.encode(endingEvent, port, message);
        AlsaEvent.to(endingEvent, toClient, toPort);
        if (output(endingEvent) < 0) {
            dropped.incrementAndGet();
        }
    }

    private int output(long written) {
        try {
            return (int) AlsaLibrary.OUTPUT_DIRECT.invokeExact(client.handle(), written);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("libasound's functions throw nothing", e);
        }
    }

    /** From now on nothing is taken: the client is closed next, or its reader has failed for this reason. */
    synchronized void lose(String reason) {
        lost = Optional.of(reason);
    }

    /** Messages that were handed over more than a millisecond after their time. */
    long late() {
        return late.getAcquire();
    }

    long dropped() {
        return dropped.get();
    }
}

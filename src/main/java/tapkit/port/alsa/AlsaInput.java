package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static tapkit.port.alsa.AlsaClient.check;
import static tapkit.port.alsa.AlsaLibrary.call;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tapkit.port.MidiReceiver;
import tapkit.port.RealTime;

/**
 * Reads what comes to tapkit's input ports, on a thread of its own that sleeps in poll until there is something. Each message bears the
 * kernel's time stamp. Once a second the thread also compares the queue's clock with nanoTime.
 */
final class AlsaInput {
    private static final long SECOND = 1_000_000_000L;
    private static final int POLL_MILLIS = 1000;
    private static final long JOIN_MILLIS = 500;

    private final AlsaClient client;
    private final AlsaQueue queue;
    private final MidiReceiver[] receivers;
    private final int wakePort;
    private final MemorySegment errno;
    private final long descriptors;
    private final int descriptorCount;
    private final long eventPointer;
    private final Thread thread;
    private final AtomicLong overruns = new AtomicLong();
    private volatile boolean closing;
    private volatile Optional<String> lost = Optional.empty();

    /** @param receivers who takes what comes to which of the client's ports */
    AlsaInput(AlsaClient client, AlsaQueue queue, Map<Integer, MidiReceiver> receivers) {
        this.client = client;
        this.queue = queue;
        this.receivers = new MidiReceiver[AlsaLibrary.MOST_PORTS];
        receivers.forEach((port, receiver) -> this.receivers[port] = receiver);
        wakePort = Collections.min(receivers.keySet());
        StructLayout state = Linker.Option.captureStateLayout();
        errno = Arena.ofAuto().allocate(state);
        eventPointer = client.allocate(JAVA_LONG.byteSize());
        long handle = client.handle();
        descriptorCount = check("snd_seq_poll_descriptors_count",
                call(() -> (int) AlsaLibrary.POLL_COUNT.invokeExact(handle, (short) AlsaLibrary.POLLIN)));
        descriptors = client.allocate(descriptorCount * AlsaLibrary.POLLFD_BYTES);
        check("snd_seq_poll_descriptors", call(() -> (int) AlsaLibrary.POLL_DESCRIPTORS.invokeExact(handle, descriptors,
                descriptorCount, (short) AlsaLibrary.POLLIN)));
        thread = Thread.ofPlatform().name("tapkit-alsa-in").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        RealTime.request(RealTime.INPUT);
        try {
            long measured = System.nanoTime();
            while (!closing) {
                int ready = (int) AlsaLibrary.POLL.invokeExact(errno, descriptors, (long) descriptorCount, POLL_MILLIS);
                if (ready > 0) {
                    read();
                } else if (ready < 0 && errno.get(JAVA_INT, 0) != -AlsaLibrary.EINTR) {
                    throw new IllegalStateException("poll: " + AlsaLibrary.errorText(-errno.get(JAVA_INT, 0)));
                }
                long now = System.nanoTime();
                if (now - measured > SECOND) {
                    measured = now;
                    queue.measure();
                }
            }
        } catch (Throwable e) {
            lost = Optional.of("reading from the ALSA sequencer failed: " + e.getMessage());
        }
    }

    /** Takes everything that is there. */
    private void read() throws Throwable {
        while (!closing) {
            int code = (int) AlsaLibrary.EVENT_INPUT.invokeExact(client.handle(), eventPointer);
            if (code == AlsaLibrary.EAGAIN) {
                check("poll", failedDescriptors());
                return;
            }
            if (code == AlsaLibrary.ENOSPC) {
                overruns.incrementAndGet();
            } else if (check("snd_seq_event_input", code) >= 0) {
                take(AlsaEvent.MEMORY.get(JAVA_LONG, eventPointer));
            }
        }
    }

    /** A descriptor that only reports an error would have poll return for ever. */
    private int failedDescriptors() {
        for (int i = 0; i < descriptorCount; i++) {
            long revents = descriptors + i * AlsaLibrary.POLLFD_BYTES + AlsaLibrary.POLLFD_REVENTS;
            if ((AlsaEvent.MEMORY.get(JAVA_SHORT, revents) & ~AlsaLibrary.POLLIN) != 0) {
                return AlsaLibrary.ENODEV;
            }
        }
        return 0;
    }

    private void take(long event) {
        int message = AlsaEvent.decode(event);
        if (message == 0) {
            return; // nothing of MIDI's, or system-exclusive
        }
        long now = System.nanoTime();
        long at = AlsaEvent.isStamped(event, queue.number()) ? queue.time().nanos(AlsaEvent.queueNanos(event)) : now;
        MidiReceiver receiver = receivers[AlsaEvent.destPort(event)];
        if (receiver != null) {
            receiver.receive(message, Math.min(at, now));
        }
    }

    /** Why nothing comes in any more; empty while all is well. */
    Optional<String> lost() {
        return lost;
    }

    /** How often the kernel had to drop what came in faster than it was read. */
    long overruns() {
        return overruns.get();
    }

    /** Ends the thread; returns whether it has ended. */
    boolean close() {
        closing = true;
        client.wake(wakePort);
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}

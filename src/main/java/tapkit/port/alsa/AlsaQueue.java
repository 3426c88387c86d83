package tapkit.port.alsa;

import static tapkit.port.alsa.AlsaClient.check;
import static tapkit.port.alsa.AlsaLibrary.call;

import java.lang.foreign.Arena;

/** The kernel queue in which what is sent waits for its time, and its clock. */
final class AlsaQueue {
    /**
     * The kernel looks this often for what is due, so a message leaves up to a quarter of a millisecond late, less than the 0.32 ms
     * that each byte takes on a MIDI cable. Its own default is a millisecond; 6250 is the most it allows. An emulated machine can
     * bear less.
     */
    static final int TIMER_HZ = Integer.getInteger("tapkit.alsa.timerHz", 4000);
    private static final int READINGS = 8;

    private final AlsaClient client;
    private final int queue;
    private final long status;
    private final QueueTime time = new QueueTime();

    /** Makes and starts a queue that lives as long as the client. */
    AlsaQueue(AlsaClient client) {
        this.client = client;
        status = client.structure(AlsaLibrary.QUEUE_STATUS_SIZE);
        long handle = client.handle();
        long name = client.text(client.name());
        queue = check("snd_seq_alloc_named_queue", call(() -> (int) AlsaLibrary.ALLOC_QUEUE.invokeExact(handle, name)));
        tick(handle);
        check("snd_seq_control_queue", call(() -> (int) AlsaLibrary.CONTROL_QUEUE.invokeExact(handle, queue,
                AlsaEvent.START_QUEUE, 0, 0L)));
        check("snd_seq_drain_output", call(() -> (int) AlsaLibrary.DRAIN_OUTPUT.invokeExact(handle)));
        measure();
    }

    /** Has the queue driven by the high-resolution timer. Where the kernel has none it takes the system's timer instead. */
    private void tick(long handle) {
        try (Arena local = Arena.ofConfined()) {
            long timer = AlsaClient.structure(local, AlsaLibrary.QUEUE_TIMER_SIZE);
            long id = AlsaClient.structure(local, AlsaLibrary.TIMER_ID_SIZE);
            check("snd_seq_get_queue_timer", call(() -> (int) AlsaLibrary.GET_QUEUE_TIMER.invokeExact(handle, queue, timer)));
            AlsaClient.set(AlsaLibrary.TIMER_ID_SET_CLASS, id, AlsaLibrary.TIMER_CLASS_GLOBAL);
            AlsaClient.set(AlsaLibrary.TIMER_ID_SET_DEVICE, id, AlsaLibrary.TIMER_GLOBAL_HRTIMER);
            call(() -> {
                AlsaLibrary.QUEUE_TIMER_SET_ID.invokeExact(timer, id);
                return true;
            });
            AlsaClient.set(AlsaLibrary.QUEUE_TIMER_SET_RESOLUTION, timer, TIMER_HZ);
            check("snd_seq_set_queue_timer", call(() -> (int) AlsaLibrary.SET_QUEUE_TIMER.invokeExact(handle, queue, timer)));
        }
    }

    /** Its number. */
    int number() {
        return queue;
    }

    QueueTime time() {
        return time;
    }

    /** Compares the clocks. One thread at a time; allocates nothing when compiled. */
    void measure() {
        try {
            for (int i = 0; i < READINGS; i++) {
                int code = (int) AlsaLibrary.GET_QUEUE_STATUS.invokeExact(client.handle(), queue, status);
                long after = System.nanoTime();
                check("snd_seq_get_queue_status", code);
                time.sample(AlsaEvent.nanos((long) AlsaLibrary.QUEUE_STATUS_REAL_TIME.invokeExact(status)), after);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("libasound's functions throw nothing", e);
        }
        time.update();
    }
}

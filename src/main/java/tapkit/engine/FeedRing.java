package tapkit.engine;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.atomic.AtomicLong;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/** One reader's ring of what is played. The engine's thread offers; the reader's polls; a full ring loses the newest. */
final class FeedRing implements PlayedFeed {
    private static final int SLOTS = 4096;

    private final RingBuffer<PlayedEvent> ring = RingBuffer.createSingleProducer(PlayedEvent::new, SLOTS,
            new YieldingWaitStrategy());
    private final EventPoller<PlayedEvent> poller = ring.newPoller();
    private final EventPoller.Handler<PlayedEvent> copy = (event, sequence, endOfBatch) -> {
        this.into.copyFrom(event);
        return false;
    };
    private final AtomicLong lost = new AtomicLong();
    private PlayedEvent into = new PlayedEvent();

    FeedRing() {
        ring.addGatingSequences(poller.getSequence());
    }

    void offer(PlayedEvent event) {
        try {
            long sequence = ring.tryNext();
            ring.get(sequence).copyFrom(event);
            ring.publish(sequence);
        } catch (InsufficientCapacityException e) { // one instance, without a stack trace
            lost.incrementAndGet();
        }
    }

    @Override
    public boolean poll(PlayedEvent event) {
        into = event;
        try {
            return poller.poll(copy) == EventPoller.PollState.PROCESSING;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long lost() {
        return lost.get();
    }
}

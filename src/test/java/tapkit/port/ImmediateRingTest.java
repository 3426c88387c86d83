package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ImmediateRingTest {
    private final ImmediateRing ring = new ImmediateRing(8);

    @Test
    void shouldKeepOrderAndRefuseWhenFull() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 8; i++) {
                assertThat(ring.offer(i, 10L * i)).isTrue();
            }
            assertThat(ring.offer(8, 80)).isFalse();
            for (int i = 0; i < 8; i++) {
                assertThat(ring.isEmpty()).isFalse();
                assertThat(ring.message()).isEqualTo(i);
                assertThat(ring.atNanos()).isEqualTo(10L * i);
                ring.remove();
            }
            assertThat(ring.isEmpty()).isTrue();
        }
    }

    /** Each thread's messages come in their order, none is lost or doubled, and none is half written. */
    @Test
    void shouldTakeFromManyThreads() throws Exception {
        int threads = 4;
        int each = 20_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int number = t;
            producers.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < each; i++) {
                    while (!ring.offer(number * each + i, -(number * each + i))) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        start.countDown();
        int[] next = new int[threads];
        for (int taken = 0; taken < threads * each;) {
            if (ring.isEmpty()) {
                Thread.onSpinWait();
                continue;
            }
            int message = ring.message();
            assertThat(ring.atNanos()).isEqualTo(-message);
            assertThat(message % each).isEqualTo(next[message / each]++);
            ring.remove();
            taken++;
        }
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(ring.isEmpty()).isTrue();
    }
}

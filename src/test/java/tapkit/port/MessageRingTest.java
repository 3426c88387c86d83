package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MessageRingTest {
    @Test
    void shouldRefuseWhatFindsNoRoomAndKeepTheRest() {
        MessageRing ring = new MessageRing(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(i, i * 10L)).isTrue();
        }
        assertThat(ring.offer(4, 40)).isFalse();
        ring.remove();
        assertThat(ring.offer(5, 50)).isTrue();
        for (int expected : new int[]{1, 2, 3, 5}) {
            assertThat(ring.message()).isEqualTo(expected);
            assertThat(ring.atNanos()).isEqualTo(expected * 10L);
            ring.remove();
        }
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldCarryEveryMessageInOrderBetweenTwoThreads() throws Exception {
        MessageRing ring = new MessageRing(64);
        int count = 200_000;
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count;) {
                if (ring.offer(i, ~(long) i)) {
                    i++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        for (int i = 0; i < count; i++) {
            while (ring.isEmpty()) {
                if (producer.isCompletedExceptionally()) {
                    producer.get();
                }
                Thread.onSpinWait();
            }
            if (ring.message() != i || ring.atNanos() != ~(long) i) {
                assertThat(ring.message()).isEqualTo(i);
                assertThat(ring.atNanos()).isEqualTo(~(long) i);
            }
            ring.remove();
        }
        producer.get();
    }
}

package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputQueueTest {
    private final OutputQueue queue = new OutputQueue();

    @Test
    void shouldDropWhatCameBeforeSilenceAndKeepWhatComesAfter() {
        queue.offer(1, 100);
        queue.pending(0); // 1 waits for its time already, 2 is still on its way
        queue.offer(2, 200);
        queue.silence();
        queue.offer(3, 50);

        assertThat(queue.isSilent()).isFalse();
        assertThat(queue.takeSilence()).isTrue();
        assertThat(queue.pending(0).size()).isOne();
        assertThat(queue.pending(0).message(0)).isEqualTo(3);
    }

    @Test
    void shouldBeSilentOnlyOnceTheLastSilenceIsCarriedOut() {
        queue.silence();
        assertThat(queue.takeSilence()).isTrue();
        assertThat(queue.isSilent()).isFalse();
        queue.silence();
        queue.silenceDone();
        assertThat(queue.isSilent()).as("asked again meanwhile").isFalse();
        assertThat(queue.takeSilence()).isTrue();
        queue.silenceDone();
        assertThat(queue.isSilent()).isTrue();
        assertThat(queue.takeSilence()).isFalse();
    }

    @Test
    void shouldRefuseWhenFullAndLoseNothingThatItTook() {
        int taken = 0;
        while (queue.offer(taken, taken)) {
            taken++;
        }
        assertThat(queue.pending(0).size()).isEqualTo(taken);
        assertThat(queue.offer(taken, taken)).isTrue();
    }

    @Test
    void shouldPutWhatIsToLeaveAtOnceBeforeWhatWaits() {
        List<Long> delays = new ArrayList<>();
        queue.measureNow(delays::add);
        queue.offer(1, 1500);
        queue.offer(2, 900);
        queue.offerNow(3, 100);
        queue.offerNow(4, 1200);
        PendingMessages pending = queue.pending(1000);
        assertThat(IntStream.range(0, 4).map(pending::message)).containsExactly(2, 3, 4, 1);
        assertThat(IntStream.range(0, 4).mapToLong(pending::atNanos)).containsExactly(900L, 1000L, 1200L, 1500L);
        assertThat(delays).hasSize(2).allMatch(delay -> delay > 0);
    }

    @Test
    void shouldDropWhatIsToLeaveAtOnceWhenSilenced() {
        queue.offerNow(3, 100);
        queue.silence();
        assertThat(queue.takeSilence()).isTrue();
        assertThat(queue.pending(0).size()).isZero();
    }
}

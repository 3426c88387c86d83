package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputQueueTest {
    private final OutputQueue queue = new OutputQueue();

    @Test
    void shouldDropWhatCameBeforeSilenceAndKeepWhatComesAfter() {
        queue.offer(1, 100);
        queue.pending(); // 1 waits for its time already, 2 is still on its way
        queue.offer(2, 200);
        queue.silence();
        queue.offer(3, 50);

        assertThat(queue.isSilent()).isFalse();
        assertThat(queue.takeSilence()).isTrue();
        assertThat(queue.pending().size()).isOne();
        assertThat(queue.pending().message(0)).isEqualTo(3);
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
        assertThat(queue.pending().size()).isEqualTo(taken);
        assertThat(queue.offer(taken, taken)).isTrue();
    }
}

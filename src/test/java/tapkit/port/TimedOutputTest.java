package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimedOutputTest {
    private final BlockingQueue<long[]> written = new LinkedBlockingQueue<>();

    private long[] next() throws InterruptedException {
        long[] entry = written.poll(10, TimeUnit.SECONDS);
        assertThat(entry).as("a message within ten seconds").isNotNull();
        return entry;
    }

    @Test
    void shouldWriteEachMessageAtItsTimeWhateverTheOrderOfSending() throws Exception {
        try (TimedOutput output = new TimedOutput("test", message -> written.add(new long[]{System.nanoTime(), message}))) {
            long start = System.nanoTime() + 20_000_000;
            for (int i : List.of(3, 0, 2, 1)) {
                assertThat(output.send(MidiMessage.noteOn(9, i, 1), start + i * 10_000_000L)).isTrue();
            }
            for (int i = 0; i < 4; i++) {
                long[] entry = next();
                assertThat((int) entry[1]).isEqualTo(MidiMessage.noteOn(9, i, 1));
                assertThat(entry[0]).as("never early").isGreaterThanOrEqualTo(start + i * 10_000_000L);
            }
        }
    }

    @Test
    void shouldEndWhatSoundsAndDropWhatWaits() throws Exception {
        try (TimedOutput output = new TimedOutput("test", message -> written.add(new long[]{0, message}))) {
            output.send(MidiMessage.noteOn(9, 36, 1), System.nanoTime());
            output.send(MidiMessage.noteOn(9, 38, 1), System.nanoTime() + 3_600_000_000_000L);
            assertThat((int) next()[1]).isEqualTo(MidiMessage.noteOn(9, 36, 1));
        }
        assertThat(written.stream().map(entry -> (int) entry[1])).containsExactly(MidiMessage.noteOff(9, 36),
                MidiMessage.pack(0xB9, 123, 0), MidiMessage.pack(0xB9, 120, 0));
    }

    @Test
    void shouldReportADeviceThatIsGone() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        try (TimedOutput output = new TimedOutput("drum box", message -> {
            tried.countDown();
            throw new IOException("cable");
        })) {
            output.send(MidiMessage.noteOn(9, 36, 1), System.nanoTime());
            assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (output.away().isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(output.away()).hasValueSatisfying(reason -> assertThat(reason).contains("drum box", "cable"));
            assertThat(output.send(MidiMessage.noteOn(9, 36, 1), 0)).as("dropped, as by a pulled cable").isTrue();
        }
    }

    @Test
    void shouldEndWhatSoundedWhenTheDeviceIsBack() throws Exception {
        try (TimedOutput output = new TimedOutput("test", message -> written.add(new long[]{0, message}))) {
            output.send(MidiMessage.noteOn(9, 36, 1), System.nanoTime());
            next();
            output.unplug();
            output.send(MidiMessage.noteOff(9, 36), System.nanoTime());
            output.silence();
            output.plug(message -> written.add(new long[]{1, message}));
            for (int expected : new int[]{MidiMessage.noteOff(9, 36), MidiMessage.pack(0xB9, 123, 0),
                    MidiMessage.pack(0xB9, 120, 0)}) {
                assertThat(next()).containsExactly(1, expected);
            }
            output.send(MidiMessage.noteOn(9, 40, 1), System.nanoTime());
            assertThat(next()).containsExactly(1, MidiMessage.noteOn(9, 40, 1));
        }
    }

    @Test
    void shouldCloseInTimeWhileTheDeviceHangs() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        TimedOutput output = new TimedOutput("test", message -> {
            hung.countDown();
            free.await();
        });
        output.send(MidiMessage.noteOn(9, 36, 1), System.nanoTime());
        assertThat(hung.await(10, TimeUnit.SECONDS)).isTrue();
        long before = System.nanoTime();
        output.close();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        free.countDown();
    }
}

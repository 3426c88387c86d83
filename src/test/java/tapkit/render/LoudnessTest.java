package tapkit.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LoudnessTest {
    /** BS.1770: a sine of 997 Hz and full scale in one channel is at -3.01 LKFS, and loudness has an offset of -0.691 dB. */
    @Test
    void shouldMeasureAsTheRecommendationSays() {
        byte[] sine = sine(997, 32_767, 0);
        double lkfs = -0.691 + 10 * Math.log10(2 * Math.pow(Loudness.of(sine), 2));
        assertThat(lkfs).isCloseTo(-3.01, within(0.03));
        assertThat(Loudness.of(sine(30, 8_000, 8_000))).as("what is low counts less").isLessThan(
                0.7 * Loudness.of(sine(1_000, 8_000, 8_000)));
    }

    @Test
    void shouldMakeBothEquallyLoudWithoutCuttingOff() {
        byte[] low = sine(80, 30_000, 30_000);
        byte[] high = sine(5_000, 900, 200);
        Loudness.match(low, high);
        assertThat(Loudness.of(low)).isCloseTo(Loudness.of(high), Percentage.withPercentage(1));
        assertThat(peak(low)).isLessThan(30_000);
        byte[] silence = new byte[high.length];
        Loudness.match(silence, high);
        assertThat(silence).containsOnly(0);
        assertThat(Loudness.of(high)).isCloseTo(0.1, within(0.001));
    }

    private static int peak(byte[] pcm) {
        ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        int peak = 0;
        while (samples.hasRemaining()) {
            peak = Math.max(peak, Math.abs(samples.get()));
        }
        return peak;
    }

    private static byte[] sine(double hertz, int left, int right) {
        byte[] pcm = new byte[4 * Sound.RATE];
        ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int i = 0; i < Sound.RATE; i++) {
            double phase = 2 * Math.PI * hertz * i / Sound.RATE;
            samples.put((short) Math.round(left * Math.sin(phase))).put((short) Math.round(right * Math.sin(phase)));
        }
        return pcm;
    }
}

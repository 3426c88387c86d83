package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

final class TapFeaturesTest {
    /** The golden file holds what an independent program in numpy makes of these taps: 32 rows with velocities, 32 without. */
    @Test
    void shouldAgreeWithTheGoldenFile() throws IOException {
        List<String> rows;
        try (InputStream in = TapFeaturesTest.class.getResourceAsStream("tap-features.csv")) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        assertThat(rows).hasSize(2 * Grid.STEPS);
        TapWindow taps = taps();
        float[] out = new float[TapFeatures.SIZE];
        for (int row = 0; row < rows.size(); row++) {
            int step = row % Grid.STEPS;
            taps.velocityKnown = row < Grid.STEPS;
            TapFeatures.fill(taps, out);
            List<String> expected = List.of(rows.get(row).split(",", -1));
            assertThat(expected).hasSize(TapFeatures.COUNT);
            for (int feature = 0; feature < TapFeatures.COUNT; feature++) {
                assertThat((double) out[step * TapFeatures.COUNT + feature]).as("row %d, feature %d", row, feature)
                        .isCloseTo(Double.parseDouble(expected.get(feature)), Offset.offset(1e-5));
            }
        }
    }

    @Test
    void shouldHideVelocitiesThatAreNotKnown() {
        TapWindow taps = taps();
        float[] soft = new float[TapFeatures.SIZE];
        TapFeatures.fill(taps, soft);
        for (int step = 0; step < Grid.STEPS; step++) {
            taps.velocities[step] *= 0.5f;
        }
        float[] softer = new float[TapFeatures.SIZE];
        TapFeatures.fill(taps, softer);
        assertThat(softer).isEqualTo(soft);
        taps.velocityKnown = true;
        TapFeatures.fill(taps, softer);
        assertThat(softer).isNotEqualTo(soft);
    }

    @Test
    void shouldFillOneWindowOfABatchInEitherOrder() {
        float[] alone = new float[TapFeatures.SIZE];
        TapFeatures.fill(taps(), alone);
        int batch = 3;
        float[] timeMajor = new float[batch * TapFeatures.SIZE];
        TapFeatures.fill(taps(), timeMajor, TapFeatures.COUNT, batch * TapFeatures.COUNT);
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int feature = 0; feature < TapFeatures.COUNT; feature++) {
                assertThat(timeMajor[(step * batch + 1) * TapFeatures.COUNT + feature])
                        .isEqualTo(alone[step * TapFeatures.COUNT + feature]);
                assertThat(timeMajor[step * batch * TapFeatures.COUNT + feature]).isZero();
            }
        }
    }

    @Test
    void shouldTakeAnEmptyWindow() {
        float[] out = new float[TapFeatures.SIZE];
        TapFeatures.fill(new TapWindow(), out);
        for (float feature : out) {
            assertThat(feature).isFinite();
        }
    }

    private static TapWindow taps() {
        TapWindow taps = new TapWindow();
        taps.bpm = 96;
        taps.add(0, -0.25f, 0.8f);
        taps.add(3, 0.125f, 0.4f);
        taps.add(4, 0.0625f, 0.4f);
        taps.add(10, 0.4375f, 1);
        taps.add(16, -0.5f, 0.3f);
        taps.add(27, 0.1875f, 0.62f);
        taps.add(31, -0.125f, 0.1f);
        return taps;
    }
}

package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

final class DecoderTest {
    private static final int SEEDS = 50;

    private final float[] thresholds = {0.3f, 0.35f, 0.4f, 0.2f, 0.25f, 0.15f, 0.2f, 0.1f, 0.5f};
    private final Decoder decoder = new Decoder(thresholds);
    private final Groove out = new Groove();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2})
    void shouldAnswerEveryTapWithItsOwnTiming(double temperature) {
        for (int seed = 0; seed < SEEDS; seed++) {
            TapWindow taps = RandomModels.taps(seed);
            decoder.decode(taps, random(seed, 0.2), temperature, seed, out);
            for (int step = 0; step < Grid.STEPS; step++) {
                if (taps.taps[step] != 0) {
                    assertThat(offsetsOfTheLoudest(step)).as("step %d, seed %d", step, seed).contains(taps.offsets[step]);
                    if (taps.velocityKnown) {
                        assertThat(loudest(step)).isEqualTo(taps.velocities[step]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void shouldKeepToTheGrid(double temperature) {
        for (int seed = 0; seed < SEEDS; seed++) {
            decoder.decode(RandomModels.taps(seed), random(seed, 1), temperature, seed, out);
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                assertThat(out.hits[cell]).isIn(0f, 1f);
                assertThat(out.offsets[cell]).isGreaterThanOrEqualTo(-0.5f).isLessThan(0.5f);
                assertThat(out.velocities[cell]).isBetween(0f, 1f);
                if (out.hits[cell] == 0) {
                    assertThat(out.offsets[cell]).isZero();
                    assertThat(out.velocities[cell]).isZero();
                }
            }
        }
    }

    @Test
    void shouldHitWhereTheThresholdIsReachedAtTemperatureZero() {
        TapWindow taps = new TapWindow();
        Prediction prediction = random(1, 1);
        prediction.probabilities[Grid.cell(5, 0)] = 0.3f;
        prediction.probabilities[Grid.cell(6, 0)] = 0.2999f;
        decoder.decode(taps, prediction, 0, 1, out);
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                assertThat(out.isHit(step, voice))
                        .isEqualTo(prediction.probabilities[Grid.cell(step, voice)] >= thresholds[voice]);
            }
        }
        Groove other = new Groove();
        decoder.decode(taps, prediction, 0, 2, other);
        assertThat(other.hits).isEqualTo(out.hits);
    }

    @Test
    void shouldHitWhatIsLikelierThanNotByArgmax() {
        Prediction prediction = random(1, 1);
        prediction.probabilities[Grid.cell(5, 0)] = 0.5001f;
        prediction.probabilities[Grid.cell(6, 0)] = 0.4999f;
        Decoder argmax = decoder.argmax();
        argmax.decode(new TapWindow(), prediction, 0, 1, out);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            assertThat(out.hits[cell]).isEqualTo(prediction.probabilities[cell] >= 0.5f ? 1f : 0f);
        }
        Groove drawn = new Groove();
        argmax.decode(new TapWindow(), prediction, 1, 1, drawn);
        decoder.decode(new TapWindow(), prediction, 1, 1, out);
        assertThat(drawn.hits).as("at temperature 1 no threshold counts").isEqualTo(out.hits);
    }

    @Test
    void shouldKeepVelocitiesByArgmax() {
        List<VoiceRule> rules = Stream.generate(() -> new VoiceRule(0.5f, 2, -0.2f)).limit(Grid.VOICES).toList();
        Prediction prediction = random(1, 1);
        Decoder halves = new Decoder(rules, rules);
        halves.decode(new TapWindow(), prediction, 0, 1, out);
        Groove same = new Groove();
        halves.argmax().decode(new TapWindow(), prediction, 0, 1, same);
        assertThat(same).usingRecursiveComparison().isEqualTo(out);
    }

    @Test
    void shouldApproachTheThresholdedAnswerAsTemperatureFalls() {
        Prediction prediction = random(1, 1);
        decoder.decode(new TapWindow(), prediction, 0, 1, out);
        Groove cold = new Groove();
        decoder.decode(new TapWindow(), prediction, 1e-6, 1, cold);
        assertThat(cold.hits).isEqualTo(out.hits);
    }

    @Test
    void shouldDrawFromTheProbabilitiesAtTemperatureOne() {
        Prediction prediction = random(1, 1);
        double expected = 0;
        for (float p : prediction.probabilities) {
            expected += p;
        }
        long hits = 0;
        int draws = 2000;
        for (int seed = 0; seed < draws; seed++) {
            decoder.decode(new TapWindow(), prediction, 1, seed, out);
            hits += out.hitCount();
        }
        assertThat((double) hits / draws).isCloseTo(expected, Percentage.withPercentage(1));
    }

    @Test
    void shouldGiveTheSameDrumsForTheSameSeedAndOthersForAnother() {
        TapWindow taps = RandomModels.taps(1);
        Prediction prediction = random(1, 1);
        Groove again = new Groove();
        decoder.decode(taps, prediction, 1, 7, out);
        decoder.decode(taps, prediction, 1, 7, again);
        assertThat(again).usingRecursiveComparison().isEqualTo(out);
        decoder.decode(taps, prediction, 1, 8, again);
        assertThat(again.hits).isNotEqualTo(out.hits);
    }

    @Test
    void shouldLetNoHitExceedAKnownTap() {
        TapWindow taps = new TapWindow();
        taps.velocityKnown = true;
        taps.add(0, 0, 0.25f);
        Prediction prediction = new Prediction();
        Arrays.fill(prediction.probabilities, 0.9f);
        Arrays.fill(prediction.velocities, 0.6f);
        prediction.velocities[Grid.cell(0, 1)] = 0.8f;
        prediction.velocities[Grid.cell(0, 2)] = 0.1f;
        decoder.decode(taps, prediction, 0, 1, out);
        assertThat(out.velocities[Grid.cell(0, 0)]).isEqualTo(0.25f);
        assertThat(out.velocities[Grid.cell(0, 1)]).isEqualTo(0.25f);
        assertThat(out.velocities[Grid.cell(0, 2)]).isEqualTo(0.1f);
        assertThat(out.velocities[Grid.cell(1, 0)]).as("no tap there").isEqualTo(0.6f);
        taps.velocityKnown = false;
        decoder.decode(taps, prediction, 0, 1, out);
        assertThat(out.velocities[Grid.cell(0, 1)]).isEqualTo(0.8f);
    }

    @Test
    void shouldTakeTheThresholdsOfTheTapsCondition() {
        float[] never = new float[Grid.VOICES];
        Arrays.fill(never, 0.999f);
        Decoder both = new Decoder(VoiceRule.plain(never), VoiceRule.plain(thresholds));
        TapWindow taps = new TapWindow();
        both.decode(taps, random(1, 1), 0, 1, out);
        assertThat(out.hitCount()).isZero();
        taps.velocityKnown = true;
        both.decode(taps, random(1, 1), 0, 1, out);
        assertThat(out.hitCount()).isPositive();
    }

    @Test
    void shouldSpreadVelocitiesAlongEachVoicesLine() {
        List<VoiceRule> rules = new ArrayList<>(VoiceRule.plain(thresholds));
        rules.set(0, new VoiceRule(0.3f, 2, -0.5f));
        Decoder spreading = new Decoder(rules, VoiceRule.plain(thresholds));
        Prediction prediction = new Prediction();
        Arrays.fill(prediction.probabilities, 0.9f);
        float[] said = {0.5f, 0.7f, 0.9f, 0.25f, 0.05f};
        float[] played = {0.5f, 0.9f, 1, 0.07f, 0.05f};
        for (int step = 0; step < said.length; step++) {
            prediction.velocities[Grid.cell(step, 0)] = said[step];
            prediction.velocities[Grid.cell(step, 1)] = said[step];
        }
        spreading.decode(new TapWindow(), prediction, 0, 1, out);
        for (int step = 0; step < said.length; step++) {
            assertThat(out.velocities[Grid.cell(step, 0)]).as("said %s", said[step]).isCloseTo(played[step], within(1e-6f));
            assertThat(out.velocities[Grid.cell(step, 1)]).isEqualTo(said[step]);
        }
        TapWindow taps = new TapWindow();
        taps.velocityKnown = true;
        spreading.decode(taps, prediction, 0, 1, out);
        assertThat(out.velocities[Grid.cell(1, 0)]).isEqualTo(said[1]);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,0", "NaN,0", "11,0", "1,NaN", "1,-11"})
    void shouldRefuseLinesThatVelocitiesDoNotRiseBy(float gain, float shift) {
        assertThatThrownBy(() -> new VoiceRule(0.5f, gain, shift)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1, -1, Float.NaN})
    void shouldRefuseThresholdsThatAreNoProbabilities(float threshold) {
        float[] wrong = thresholds.clone();
        wrong[3] = threshold;
        assertThatThrownBy(() -> new Decoder(wrong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Decoder(VoiceRule.plain(thresholds), VoiceRule.plain(0.5f)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private float loudest(int step) {
        float loudest = 0;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            loudest = Math.max(loudest, out.velocities[Grid.cell(step, voice)]);
        }
        return loudest;
    }

    private List<Float> offsetsOfTheLoudest(int step) {
        List<Float> offsets = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int cell = Grid.cell(step, voice);
            if (out.hits[cell] != 0 && out.velocities[cell] == loudest(step)) {
                offsets.add(out.offsets[cell]);
            }
        }
        return offsets;
    }

    /** Whatever a network might say; probabilities from 0 to {@code most}. */
    private static Prediction random(long seed, double most) {
        SplittableRandom random = new SplittableRandom(seed);
        Prediction prediction = new Prediction();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            prediction.probabilities[cell] = (float) random.nextDouble(most);
            prediction.velocities[cell] = (float) random.nextDouble(0.01, 1);
            prediction.offsets[cell] = (float) random.nextDouble(-0.5, 0.5);
        }
        return prediction;
    }
}

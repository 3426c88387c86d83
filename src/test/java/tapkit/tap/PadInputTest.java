package tapkit.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PadInputTest {
    private static final long MS = 1_000_000;

    private static PadInput input(KitMap kit, VelocityCurve curve, int threshold, int retrigger, double crosstalk) {
        return new PadInput(new PadSettings(kit, curve, threshold, retrigger, crosstalk));
    }

    @Test
    void shouldDropEchoesOfTheSamePad() {
        PadInput pads = input(KitMap.GM, VelocityCurve.LINEAR, 1, 20, 0);

        assertThat(pads.tap(38, 90, 100 * MS)).isEqualTo(90);
        assertThat(pads.tap(38, 40, 119 * MS)).isZero();
        assertThat(pads.tap(40, 40, 119 * MS)).as("another pad").isEqualTo(40);
        assertThat(pads.tap(38, 50, 120 * MS)).isEqualTo(50);
    }

    @Test
    void shouldDropWhatIsSofterThanTheThreshold() {
        PadInput pads = input(KitMap.GM, VelocityCurve.SOFT, 10, 12, 0);

        assertThat(pads.tap(38, 9, 100 * MS)).isZero();
        assertThat(pads.tap(38, 10, 101 * MS)).as("what was dropped masks nothing; the curve comes after").isGreaterThan(10);
    }

    @Test
    void shouldDropTheShakingOfTheStandOnly() {
        PadInput pads = input(KitMap.GM, VelocityCurve.LINEAR, 1, 12, 0.3);

        assertThat(pads.tap(36, 100, 100 * MS)).isEqualTo(100);
        assertThat(pads.tap(43, 29, 103 * MS)).as("soft, right after").isZero();
        assertThat(pads.tap(42, 30, 104 * MS)).as("loud enough").isEqualTo(30);
        assertThat(pads.tap(43, 29, 107 * MS)).as("still the kick's").isZero();
        assertThat(pads.tap(43, 29, 108 * MS)).as("late enough").isEqualTo(29);
    }

    /** Strokes at least 30 ms apart, each with echoes of its own pad and crosstalk of others: what comes out is the strokes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldTellStrokesFromEchoesAndCrosstalk(long seed) {
        Random random = new Random(seed);
        PadInput pads = input(KitMap.ROLAND, VelocityCurve.LINEAR, 4, 12, 0.4);
        int[] notes = {36, 38, 42, 43, 49};
        long at = 0;
        for (int i = 0; i < 2000; i++) {
            at += (30 + random.nextInt(400)) * MS;
            int pad = random.nextInt(notes.length);
            int velocity = 40 + random.nextInt(88);
            assertThat(pads.tap(notes[pad], velocity, at)).as("seed %d, stroke %d", seed, i).isEqualTo(velocity);
            for (int k = 1; k < 6; k++) {
                long later = at + random.nextInt(8) * MS - (k == 5 ? MS : 0);
                int other = notes[(pad + k % notes.length) % notes.length];
                int soft = k == 5 ? velocity : 1 + random.nextInt((int) (velocity * 0.39));
                assertThat(pads.tap(other, soft, Math.max(at, later))).as("seed %d, after stroke %d", seed, i).isZero();
            }
            assertThat(pads.tap(notes[pad], 3, at + 20 * MS)).as("noise").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(VelocityCurve.class)
    void shouldNeverMakeATapSilentOrASofterStrokeLouder(VelocityCurve curve) {
        int last = 0;
        for (int velocity = 1; velocity <= 127; velocity++) {
            int shaped = curve.apply(velocity);
            assertThat(shaped).isBetween(Math.max(1, last), 127);
            last = shaped;
        }
        assertThat(last).isEqualTo(curve == VelocityCurve.FIXED ? 100 : 127);
    }

    @Test
    void shouldNameDrumsByTheirGeneralMidiNote() {
        PadInput yamaha = input(KitMap.YAMAHA, VelocityCurve.LINEAR, 1, 12, 0);

        assertThat(yamaha.drum(33)).isEqualTo(36);
        assertThat(yamaha.drum(31)).isEqualTo(38);
        assertThat(yamaha.drum(38)).isEqualTo(38);
        assertThat(yamaha.drum(40)).as("a rim stays one").isEqualTo(40);
        assertThat(yamaha.drum(100)).as("no drum's, still a tap").isEqualTo(100);
    }

    @Test
    void shouldOpenTheHiHatByItsPedal() {
        PadInput pads = input(KitMap.ALESIS, VelocityCurve.LINEAR, 1, 12, 0);
        assertThat(pads.drum(46)).as("no pedal yet").isEqualTo(46);
        assertThat(pads.drum(42)).isEqualTo(42);

        pads.pedal(127);
        assertThat(pads.drum(46)).as("one note for both, and the pedal is down").isEqualTo(42);
        assertThat(pads.drum(42)).isEqualTo(42);
        pads.pedal(10);
        assertThat(pads.drum(42)).isEqualTo(46);
        assertThat(pads.drum(38)).as("a snare has no pedal").isEqualTo(38);
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> input(KitMap.GM, VelocityCurve.LINEAR, 0, 12, 0)).hasMessageContaining("threshold is 0");
        assertThatThrownBy(() -> input(KitMap.GM, VelocityCurve.LINEAR, 1, 11, 0)).hasMessageContaining("12 to 100");
        assertThatThrownBy(() -> input(KitMap.GM, VelocityCurve.LINEAR, 1, 12, 1.1)).hasMessageContaining("crosstalk");
    }
}

package tapkit.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.grid.Voice;

class KitMapTest {
    @ParameterizedTest
    @CsvSource({"gm,36,kick", "gm,35,", "roland,22,closed-hat", "roland,26,open-hat", "roland,40,snare", "alesis,23,open-hat",
            "alesis,41,low-tom", "alesis,21,crash", "yamaha,33,kick", "yamaha,31,snare", "yamaha,34,snare",
            "yamaha,78,open-hat",
            "yamaha,79,closed-hat", "yamaha,59,crash", "yamaha,52,ride", "yamaha,48,high-tom", "yamaha,60,"})
    void shouldReadWhatAKitSends(String kit, int note, String voice) {
        int index = KitMap.named(kit).orElseThrow().voice(note);

        assertThat(index < 0 ? null : Voice.of(index).label()).isEqualTo(voice);
    }

    @Test
    void shouldPlayAKitWithItsOwnNotes() {
        assertThat(KitMap.YAMAHA.note(Voice.KICK)).isEqualTo(33);
        assertThat(KitMap.YAMAHA.note(Voice.SNARE)).isEqualTo(31);
        for (Voice voice : Voice.values()) {
            assertThat(KitMap.GM.note(voice)).isEqualTo(voice.note());
            for (KitMap kit : KitMap.BUILT_IN) {
                assertThat(kit.voice(kit.note(voice))).as("%s plays the %s that it reads", kit.name(), voice)
                        .isEqualTo(voice.ordinal());
            }
        }
    }

    @Test
    void shouldKeepTapkitsNotesWhereAKitOfOnesOwnSaysNothing() {
        KitMap mine = KitMap.of("mine", Map.of(Voice.KICK, List.of(60, 61), Voice.SNARE, List.of(42)));

        assertThat(mine.note(Voice.KICK)).isEqualTo(60);
        assertThat(mine.voice(61)).isEqualTo(Voice.KICK.ordinal());
        assertThat(mine.voice(42)).isEqualTo(Voice.SNARE.ordinal());
        assertThat(mine.notes(Voice.CLOSED_HAT)).as("42 is taken").doesNotContain(42);
        assertThat(mine.voice(51)).isEqualTo(Voice.RIDE.ordinal());
    }

    @Test
    void shouldRefuseWhatIsNoKit() {
        assertThatThrownBy(() -> KitMap.of("x", Map.of(Voice.KICK, List.of(128)))).hasMessageContaining("0 to 127");
        assertThatThrownBy(() -> KitMap.of("x", Map.of(Voice.KICK, List.of(36), Voice.RIDE, List.of(36))))
                .hasMessageContaining("note 36");
    }
}

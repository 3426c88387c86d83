package tapkit.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class PieceTest {
    @Test
    void shouldGiveAnyTwoBarsAndSilenceBeyondItsEnds() {
        Piece piece = new Piece(100, 110, 120);
        piece.add(0, 0, 0.1f, 0.5f);
        piece.add(47, 8, -0.5f, 1);
        Groove groove = new Groove();
        piece.window(-1, groove);
        assertThat(groove.hitCount()).isEqualTo(1);
        assertThat(groove.offsets[Grid.cell(16, 0)]).isEqualTo(0.1f);
        piece.window(2, groove);
        assertThat(groove.hitCount()).isEqualTo(1);
        assertThat(groove.velocities[Grid.cell(15, 8)]).isEqualTo(1);
        piece.window(3, groove);
        assertThat(groove.hitCount()).isZero();
        piece.window(-2, groove);
        assertThat(groove.hitCount()).isZero();
        assertThat(piece.bpm(-1)).isEqualTo(100);
        assertThat(piece.bpm(3)).isEqualTo(120);
        assertThatThrownBy(() -> new Piece()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldHideWhatATaskHides() {
        Piece piece = new Piece(100);
        piece.add(0, 0, 0.1f, 0.5f);
        piece.add(2, 2, 0.2f, 0.6f);
        piece.add(2, 2, 0.3f, 0.6f); // the first of equals stays
        assertThat(piece.score().hits).isEqualTo(piece.hits);
        assertThat(piece.score().offsets).containsOnly(0);
        assertThat(piece.score().velocities).containsOnly(0);
        Piece rest = piece.without(EnumSet.of(Voice.CLOSED_HAT));
        Groove groove = new Groove();
        rest.window(0, groove);
        assertThat(groove.hitCount()).isEqualTo(1);
        assertThat(rest.offsets[0]).isEqualTo(0.1f);
        assertThat(rest.velocities[Grid.cell(2, 2)]).isZero();
        assertThat(piece.offsets[Grid.cell(2, 2)]).isEqualTo(0.2f);
        assertThat(rest.bpm(0)).isEqualTo(100);
    }
}

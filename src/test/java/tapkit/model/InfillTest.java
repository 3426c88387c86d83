package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.InfillDecoding.Stretch;

final class InfillTest {
    private static final Set<Voice> HATS = EnumSet.of(Voice.CLOSED_HAT, Voice.OPEN_HAT);
    private static final OffsetBins BINS = new OffsetBins(7);
    private static final LstmConfig CONFIG = InfillModel.config(2, 9, BINS);
    private static final InfillDecoding DECODING = decoding(List.of(0.5, 0.5, 0.5));

    @TempDir
    private Path folder;
    private InfillModel model;

    @BeforeEach
    void writeAModel() {
        model = RandomModels.infill(folder.resolve("random.safetensors"), CONFIG, BINS, DECODING);
    }

    @Test
    void shouldReplaceTheWantedVoicesAndNothingElse() {
        Note bass = new Note(0, 480, 0, 1, 42, 70);
        List<Note> notes = new ArrayList<>(beat(5));
        notes.add(bass);
        Infiller offBeats = (rest, bar, wanted, seed, groove) -> {
            for (int step = 2; step < Grid.STEPS; step += 4) {
                groove.set(step, Voice.CLOSED_HAT.ordinal(), 0.25f, 0.5f);
            }
        };
        Score filled = new Infill(offBeats).fill(score(notes), EnumSet.of(Voice.CLOSED_HAT), 1);
        List<Note> others = notes.stream().filter(note -> note.channel() == 1 || note.note() != 42).toList();
        assertThat(filled.notes()).containsAll(others);
        List<Note> hats = filled.notes().stream().filter(note -> note.channel() == 9 && note.note() == 42).toList();
        assertThat(hats).hasSize(5 * 4).allSatisfy(hat -> {
            assertThat(hat.onTick() % 480).isEqualTo(270);
            assertThat(hat.velocity()).isEqualTo(64);
        });
        assertThat(filled.notes()).hasSize(others.size() + hats.size());
    }

    @Test
    void shouldTakeEachStepFromTheWindowInWhoseMiddleItStands() {
        Infiller telling = (rest, bar, wanted, seed, groove) -> {
            for (int step = 0; step < Grid.STEPS; step++) {
                groove.set(step, Voice.RIDE.ordinal(), 0, (bar + 2) / 127f);
            }
        };
        Score filled = new Infill(telling).fill(score(beat(3)), EnumSet.of(Voice.RIDE), 1);
        List<Integer> windows = filled.notes().stream().filter(note -> note.note() == Voice.RIDE.note()).map(Note::velocity)
                .toList();
        assertThat(windows).hasSize(48);
        assertThat(windows.subList(0, 8)).containsOnly(1);
        assertThat(windows.subList(8, 24)).containsOnly(2);
        assertThat(windows.subList(24, 40)).containsOnly(3);
        assertThat(windows.subList(40, 48)).containsOnly(4);
    }

    @Test
    void shouldFillWithAnyKernelTheSame() {
        Piece rest = piece();
        Groove expected = new Groove();
        model.open(InferenceEngine.SCALAR, 1, false).infill(rest, 1, HATS, 1, expected);
        Map.of(InferenceEngine.VECTOR_FP32, 1e-4f, InferenceEngine.ND4J, 1e-4f, InferenceEngine.VECTOR, 2e-3f)
                .forEach((engine, tolerance) -> {
                    Groove found = new Groove();
                    model.open(engine, 1, false).infill(rest, 1, HATS, 1, found);
                    assertThat(found.hits).containsExactly(expected.hits);
                    assertThat(found.offsets).containsExactly(expected.offsets, within(tolerance));
                    assertThat(found.velocities).containsExactly(expected.velocities, within(tolerance));
                });
    }

    @Test
    void shouldDrawHitsOnlyWhereItIsWarm() {
        assertThat(hits(1, 1)).isEqualTo(hits(1, 2)).isNotEmpty();
        assertThat(hits(1.5, 1)).isEqualTo(hits(1.5, 1)).isNotEqualTo(hits(1.5, 2));
    }

    @Test
    void shouldKeepItsConstantsInTheFileAndRefuseADamagedOne() {
        assertThat(model.decoding()).isEqualTo(DECODING);
        for (Map.Entry<String, String> wrong : Map
                .of("decoding.thresholds", "0,0,0", "decoding.velocity.factor", "1", "bins", "1", "features",
                        "score-1")
                .entrySet()) {
            Map<String, String> metadata = new TreeMap<>(Safetensors.open(folder.resolve("random.safetensors")).metadata());
            metadata.put(wrong.getKey(), wrong.getValue());
            Path damaged = folder.resolve("damaged.safetensors");
            SafetensorsWriter.write(damaged, Members.tensors(model.members()), metadata);
            assertThatThrownBy(() -> InfillModel.load(damaged.toString())).isInstanceOf(UserError.class)
                    .hasMessageContaining("damaged.safetensors");
        }
    }

    /** With probability one half everywhere and stretch by two about .5: what is said is moved, and the more voices miss the fewer hit. */
    @Test
    void shouldStretchVelocitiesAndOffsetsAndMindHowManyVoicesAreMissing() {
        Groove plain = filled(InfillDecoding.NONE, HATS);
        Groove stretched = filled(decoding(List.of(0.5, 0.5, 0.5)), HATS);
        assertThat(stretched.hits).isEqualTo(plain.hits);
        assertThat(plain.hitCount()).isPositive();
        int cell = 0;
        while (plain.hits[cell] == 0) {
            cell++;
        }
        assertThat(stretched.velocities[cell]).isEqualTo(0.7f + 2 * (plain.velocities[cell] - 0.5f), within(1e-4f));
        assertThat(stretched.offsets[cell]).isEqualTo(0.1f + 3 * plain.offsets[cell], within(1e-4f));
        InfillDecoding shy = decoding(List.of(0.5, 0.999, 0.999));
        assertThat(filled(shy, EnumSet.of(Voice.RIDE)).hitCount()).isPositive();
        assertThat(filled(shy, EnumSet.of(Voice.CRASH, Voice.RIDE, Voice.HIGH_TOM)).hitCount())
                .isLessThan(filled(InfillDecoding.NONE, EnumSet.of(Voice.CRASH, Voice.RIDE, Voice.HIGH_TOM)).hitCount());
    }

    private Groove filled(InfillDecoding decoding, Set<Voice> voices) {
        Groove groove = new Groove();
        model.with(decoding, Map.of()).open(InferenceEngine.VECTOR, 1, false).infill(piece(), 1, voices, 1, groove);
        return groove;
    }

    private static InfillDecoding decoding(List<Double> thresholds) {
        List<Double> all = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            all.addAll(thresholds);
        }
        return new InfillDecoding(all,
                new Stretch(Collections.nCopies(36, 0.5), Collections.nCopies(36, 0.7), Collections.nCopies(36, 2.0)),
                new Stretch(Collections.nCopies(36, 0.0), Collections.nCopies(36, 0.1), Collections.nCopies(36, 3.0)),
                Collections.nCopies(9, 0.1));
    }

    private List<Note> hits(double temperature, long seed) {
        return new Infill(model.open(InferenceEngine.VECTOR, temperature, false)).fill(score(beat(4)), HATS, seed).notes();
    }

    private static Piece piece() {
        Piece piece = new Piece(90, 100, 110, 120);
        for (int step = 0; step < 4 * Grid.STEPS_PER_BAR; step += 3) {
            piece.add(step, step % 2, 0.1f, 0.8f);
        }
        return piece;
    }

    private static List<Note> beat(int bars) {
        List<Note> notes = new ArrayList<>();
        for (int eighth = 0; eighth < 8 * bars; eighth++) {
            notes.add(new Note(eighth * 240L, eighth * 240L + 60, 0, 9, eighth % 4 == 2 ? 38 : eighth % 4 == 0 ? 36 : 42, 90));
        }
        return notes;
    }

    private static Score score(List<Note> notes) {
        return new Score(480, List.of(Tempo.ofBpm(0, 120)), List.of(), notes, List.of());
    }
}

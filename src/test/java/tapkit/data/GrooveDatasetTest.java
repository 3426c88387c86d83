package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tapkit.UserError;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;

class GrooveDatasetTest {
    private static final String HEADER = "drummer,id,style,bpm,beat_type,time_signature,midi_filename,split\n";

    @TempDir
    Path folder;

    @Test
    void shouldReadTheFourFourTakesOfASplit() throws IOException {
        info("""
                d,d/1,funk,90,beat,4-4,1.mid,train
                d,d/2,funk,90,beat,3-4,2.mid,train
                d,d/3,rock,90,fill,4-4,3.mid,validation
                """);
        take("1.mid", Tempo.ofBpm(0, 90));
        List<Take> takes = GrooveDataset.open(folder).takes(Split.TRAIN);
        assertThat(takes).hasSize(1);
        assertThat(takes.getFirst().id()).isEqualTo("d/1");
        assertThat(takes.getFirst().style()).isEqualTo("funk");
        assertThat(takes.getFirst().bpm()).isEqualTo(90, within(1e-4));
    }

    @Test
    void shouldNameMissingAndDamagedFiles() throws IOException {
        info("""
                d,d/1,funk,90,beat,4-4,1.mid,train
                d,d/2,funk,90,beat,4-4,2.mid,train
                d,d/3,rock,90,fill,4-4,3.mid,train
                d,d/4,rock,90,fill,4-4,4.mid,train
                """);
        take("1.mid", Tempo.ofBpm(0, 90));
        Files.writeString(folder.resolve("2.mid"), "no music");
        take("4.mid", Tempo.ofBpm(0, 90), Tempo.ofBpm(960, 120));
        assertThatThrownBy(() -> GrooveDataset.open(folder).takes(Split.TRAIN)).isInstanceOf(UserError.class)
                .hasMessageContaining("3 of the 4 takes").hasMessageContaining("2.mid: not a MIDI file")
                .hasMessageContaining("3.mid: there is no such file").hasMessageContaining("4.mid: not exactly one tempo");
        assertThatThrownBy(() -> GrooveDataset.open(folder).takes(Split.TEST)).isInstanceOf(UserError.class)
                .hasMessageContaining("names no 4/4 take of the test split");
    }

    @Test
    void shouldSayWhatIsWrongWithTheIndex() throws IOException {
        assertThatThrownBy(() -> GrooveDataset.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("no info.csv");
        info("d,d/1,funk\n");
        assertThatThrownBy(() -> GrooveDataset.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("line 2");
        Files.writeString(folder.resolve("info.csv"), "a,b\n");
        assertThatThrownBy(() -> GrooveDataset.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("line 1");
    }

    @Test
    void shouldSayThatAWholeSplitIsMissing() throws IOException {
        info("""
                d,d/1,funk,90,beat,4-4,1.mid,train
                d,d/2,funk,90,beat,4-4,2.mid,test
                d,d/3,funk,90,beat,4-4,3.mid,test
                """);
        take("1.mid", Tempo.ofBpm(0, 90));
        assertThatThrownBy(() -> GrooveDataset.open(folder).takes(Split.TEST)).isInstanceOf(UserError.class)
                .hasMessageContaining("none of the 2 takes of the test split").hasMessageContaining("magenta");
        assertThat(GrooveDataset.open(folder).takes(Split.TRAIN)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Split.class, names = {"TRAIN", "VALIDATION"})
    void shouldCutTheRealDatasetIntoTheKnownWindows(Split split) {
        DatasetFigures figures = DatasetFigures.of(GrooveData.open().takes(split));
        assertThat(figures.matches(split)).as(figures.toString()).isTrue();
    }

    @Test
    void shouldNoticeAnotherDataset() throws IOException {
        info("d,d/1,funk,90,beat,4-4,1.mid,train\n");
        take("1.mid", Tempo.ofBpm(0, 90));
        DatasetFigures figures = DatasetFigures.of(GrooveDataset.open(folder).takes(Split.TRAIN));
        assertThat(figures).isEqualTo(new DatasetFigures(1, 0, 0, 0, 1, 0));
        assertThat(figures.matches(Split.TRAIN)).isFalse();
        assertThat(DatasetFigures.released(Split.TRAIN).matches(Split.TRAIN)).isTrue();
    }

    private void info(String rows) throws IOException {
        Files.writeString(folder.resolve("info.csv"), HEADER + rows);
    }

    private void take(String name, Tempo... tempos) {
        MidiFile.write(folder.resolve(name), new Score(480, List.of(tempos), List.of(), List.of(new Note(0, 60, 0, 9, 36, 100)),
                List.of()));
    }
}

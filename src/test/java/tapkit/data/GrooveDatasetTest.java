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
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.UserError;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Voice;

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

    @ParameterizedTest
    @CsvSource({"TRAIN, 887, 444, 16335, 598475, 347266, 0.070", "VALIDATION, 122, 63, 2033, 72888, 42445, 0.071"})
    void shouldCutTheRealDatasetIntoTheKnownWindows(Split split, int files, int withWindows, int windowCount, int noteCells,
            int noteCount, double lost) {
        List<Take> takes = GrooveData.open().takes(split);
        assertThat(takes).hasSize(files);
        List<Window> windows = Window.of(takes, Windowing.CUT);
        assertThat(windows).hasSize(windowCount);
        assertThat(windows.stream().map(Window::take).distinct()).hasSize(withWindows);
        assertThat(windows.stream().mapToInt(w -> w.groove().hitCount()).sum()).isEqualTo(noteCells);
        assertThat(takes.stream().mapToInt(t -> t.score().notes().size()).sum()).isEqualTo(noteCount);
        long cells = takes.stream().mapToLong(GrooveDatasetTest::cells).sum();
        assertThat(1 - cells / (double) noteCount).isEqualTo(lost, within(5e-4));
    }

    private static long cells(Take take) {
        return take.score().notes().stream().filter(n -> Voice.ofNote(n.note()) >= 0)
                .map(n -> List.of(Quantizer.step(take.score(), n.onTick()), (long) Voice.ofNote(n.note()))).distinct().count();
    }

    private void info(String rows) throws IOException {
        Files.writeString(folder.resolve("info.csv"), HEADER + rows);
    }

    private void take(String name, Tempo... tempos) {
        MidiFile.write(folder.resolve(name), new Score(480, List.of(tempos), List.of(), List.of(new Note(0, 60, 0, 9, 36, 100)),
                List.of()));
    }
}

package tapkit.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tapkit.data.GrooveDataset;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.grid.Voice;

/** A made-up dataset with the Groove MIDI Dataset's layout: simple beats with human offsets, and one-bar fills. */
public final class SmallDataset {
    private static final int TICKS = 480;
    private static final int BARS = 5;

    private SmallDataset() {
    }

    public static GrooveDataset write(Path folder) throws IOException {
        StringBuilder info = new StringBuilder("drummer,id,style,bpm,beat_type,time_signature,midi_filename,split\n");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 12; i++) {
            int bpm = 80 + 7 * i;
            String split = i % 3 == 2 ? "validation" : "train";
            int bars = i % 6 == 4 ? 1 : BARS;
            MidiFile.write(folder.resolve(i + ".mid"), beat(random, bpm, bars, i % 2 == 0));
            info.append("d1,d1/s/%d,rock,%d,%s,4-4,%d.mid,%s%n".formatted(i, bpm, bars == 1 ? "fill" : "beat", i, split));
        }
        Files.writeString(folder.resolve("info.csv"), info);
        return GrooveDataset.open(folder);
    }

    private static Score beat(SplittableRandom random, int bpm, int bars, boolean ride) {
        List<Score.Note> notes = new ArrayList<>();
        for (int eighth = 0; eighth < 8 * bars; eighth++) {
            int inBar = eighth % 8;
            note(notes, random, eighth, ride ? Voice.RIDE : Voice.CLOSED_HAT, inBar % 2 == 0 ? 80 : 50);
            if (inBar == 0 || inBar == 5) {
                note(notes, random, eighth, Voice.KICK, 90);
            }
            if (inBar == 2 || inBar == 6) {
                note(notes, random, eighth, Voice.SNARE, 110);
            }
        }
        return new Score(TICKS, List.of(Score.Tempo.ofBpm(0, bpm)), List.of(new Score.TimeSignature(0, 4, 4)), notes,
                List.of(""));
    }

    private static void note(List<Score.Note> notes, SplittableRandom random, int eighth, Voice voice, int velocity) {
        long on = Math.max(0, eighth * (TICKS / 2L) + random.nextInt(-20, 20));
        notes.add(new Score.Note(on, on + TICKS / 2 - 40, 0, 9, voice.note(), velocity + random.nextInt(-10, 10)));
    }
}

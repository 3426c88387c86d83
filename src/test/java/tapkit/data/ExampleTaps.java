package tapkit.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;

/**
 * Makes {@code docs/examples/taps.mid}, the project's own taps for trying {@code tapkit tap2drum}: a rhythm written down below,
 * made human by a seeded draw of microtiming and velocity. {@link ExampleTapsTest} keeps the file equal to this; to change
 * it, run {@code ./mvnw test -Dtest=ExampleTapsTest -Dtapkit.write-examples}.
 */
final class ExampleTaps {
    static final Path FILE = Path.of("docs", "examples", "taps.mid");

    /** A character a sixteenth, a word a bar: X hard, o middling, - soft, . nothing. */
    private static final String RHYTHM = """
            X-.oo..oX.-ooo.-
            X..oo.-oX.-oo.oo
            X-.oo..oX.-ooo.-
            X..oo.o.XooXooXX
            """;
    private static final double BPM = 104;
    private static final int TICKS_PER_BEAT = 480;
    private static final int PAD = 38;

    private ExampleTaps() {
    }

    static Score make() {
        SplittableRandom random = new SplittableRandom(1);
        double ticksPerMilli = BPM * TICKS_PER_BEAT / 60_000;
        List<Note> notes = new ArrayList<>();
        String steps = RHYTHM.replaceAll("\\s", "");
        for (int step = 0; step < steps.length(); step++) {
            int velocity = switch (steps.charAt(step)) {
                case 'X' -> 108;
                case 'o' -> 76;
                case '-' -> 44;
                default -> 0;
            };
            if (velocity > 0) {
                // Hands are a little late on what they strike softly, and within about 12 ms of what they mean.
                double millis = (108 - velocity) / 8.0 + 12 * random.nextGaussian();
                long tick = Math.max(0, Math.round(step * TICKS_PER_BEAT / 4.0 + millis * ticksPerMilli));
                int struck = Math.clamp(Math.round(velocity + 7 * random.nextGaussian()), 1, 127);
                notes.add(new Note(tick, tick + 60, 0, 0, PAD, struck));
            }
        }
        return new Score(TICKS_PER_BEAT, List.of(Tempo.ofBpm(0, BPM)), List.of(new TimeSignature(0, 4, 4)), notes,
                List.of("Pad"));
    }
}

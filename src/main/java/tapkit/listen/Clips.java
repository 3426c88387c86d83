package tapkit.listen;

import tapkit.data.Score;
import tapkit.data.ScoreBuilder;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.render.DrumAudio;
import tapkit.render.Loudness;

/**
 * The sound of a pair: both clips by the same kit, of the same length and equally loud, so that nothing but the playing tells them
 * apart.
 */
final class Clips {
    /** Silence before the first beat, so that an early one is not cut off. */
    private static final int LEAD_STEPS = 1;
    /** After the two bars the last notes fade out for so long. */
    private static final double TAIL_SECONDS = 0.8;

    private Clips() {
    }

    /** One side of a pair as a WAV file. */
    static byte[] wav(Pair pair, Pair.Side side) {
        byte[] left = pcm(pair, Pair.Side.LEFT);
        byte[] right = pcm(pair, Pair.Side.RIGHT);
        Loudness.match(left, right);
        return DrumAudio.wav(side == Pair.Side.LEFT ? left : right);
    }

    private static byte[] pcm(Pair pair, Pair.Side side) {
        double seconds = (Grid.STEPS + LEAD_STEPS) * Grid.stepNanos(pair.bpm()) * 1e-9;
        return DrumAudio.pcm(score(pair.groove(side), pair.bpm()), seconds + TAIL_SECONDS, TAIL_SECONDS);
    }

    private static Score score(Groove groove, double bpm) {
        ScoreBuilder builder = ScoreBuilder.at(bpm);
        int track = builder.track("Drums");
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                builder.note(track, MidiMessage.DRUM_CHANNEL, Voice.of(cell % Grid.VOICES).note(),
                        LEAD_STEPS + cell / Grid.VOICES, groove.offsets[cell], groove.velocities[cell]);
            }
        }
        return builder.build();
    }
}

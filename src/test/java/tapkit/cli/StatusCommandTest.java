package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tapkit.telemetry.Status;

final class StatusCommandTest {
    private static final Status.Quantiles NONE = new Status.Quantiles(0, 0, 0, 0);

    private static Status status(long masked, Status.Ports ports) {
        return new Status(1, 75, true, "tap", "A", 12L, 3, 96.5, new Status.Clock("midi", false), ports, 41, masked, 180, 12, 1,
                2, 0,
                0.7, NONE, NONE, "tap2drum", new Status.Recording(null, "armed"), null, null, Map.of());
    }

    @Test
    void shouldSayWhoseXrunsAreAndWhatWasTakenForNoStroke() {
        Status troubled = status(4, new Status.Ports("JACK", "away", "nano is unplugged", 5, 1, 2, 3));

        assertThat(StatusCommand.text(troubled)).contains("playing    bar 12, beat 3",
                "mode       tap, part A, a loop is recorded from the next bar on",
                "tempo      96.5 bpm, midi clock, which does not come in", "           nano is unplugged",
                "           5 xruns (1 of them held up by tapkit), 2 messages late, 3 dropped",
                "           4 strokes taken for echoes, crosstalk or noise", "process    1, for 1 min 15 s");
    }

    @Test
    void shouldNotSpeakOfTroubleWhereThereIsNone() {
        assertThat(StatusCommand.text(status(0, new Status.Ports("JACK", "good", null, 0, 0, 0, 0))))
                .noneMatch(line -> line.contains("xruns")).noneMatch(line -> line.contains("echoes"));
    }
}

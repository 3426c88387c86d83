package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.Connections.Match;
import tapkit.port.Connections.Own;
import tapkit.port.Connections.Port;
import tapkit.port.Connections.Purpose;
import tapkit.port.Connections.Wish;
import tapkit.port.PortInfo.Direction;

class ConnectionsTest {
    private static final Own PAD_IN = new Own(Purpose.PAD, "pad in", 0);
    private static final Own PAD_IN_2 = new Own(Purpose.PAD, "pad in 2", 1);
    private static final Own CLOCK_IN = new Own(Purpose.CLOCK_IN, "clock in", 2);
    private static final Own DRUMS_OUT = new Own(Purpose.DRUMS, "drums out", 3);

    /** A port at a number that changes whenever it is plugged in. */
    private record At(int client, String name, Direction direction, boolean hardware) implements Port {
    }

    private final Connections<At> connections = new Connections<>();

    private static At in(int client, String name) {
        return new At(client, name, Direction.IN, true);
    }

    private static At out(int client, String name) {
        return new At(client, name, Direction.OUT, true);
    }

    private void gone(int client) {
        connections.gone(at -> at.client == client);
    }

    private List<At> connect(At... there) {
        List<Match<At>> matches = connections.matches(List.of(there));
        matches.forEach(match -> connections.connected(match.wish(), match.port()));
        return matches.stream().map(Match::port).toList();
    }

    @Test
    void shouldConnectAgainByNameWhateverTheNumber() {
        connections.want(PAD_IN, in(24, "Pad:Pad MIDI 1"));
        connections.want(DRUMS_OUT, out(24, "Pad:Pad MIDI 1"));
        connect(in(24, "Pad:Pad MIDI 1"), out(24, "Pad:Pad MIDI 1"));
        assertThat(connections.away()).isEmpty();
        assertThat(connections.present()).containsExactly("pad in from Pad:Pad MIDI 1", "drums out to Pad:Pad MIDI 1");

        gone(24);
        assertThat(connections.away()).hasValueSatisfying(words -> assertThat(words).startsWith("Pad:Pad MIDI 1 is unplugged"));
        assertThat(connect(in(28, "Another"), out(28, "Another"))).isEmpty();
        assertThat(connect(in(32, "Pad:Pad MIDI 1"), out(32, "Pad:Pad MIDI 1"))).extracting(At::client)
                .containsExactly(32, 32);
        assertThat(connections.away()).isEmpty();
    }

    /** What the user has parted with aconnect stays parted: nothing has gone. */
    @Test
    void shouldLeaveAloneWhatHasNotGone() {
        connections.want(PAD_IN, in(24, "Pad"));
        assertThat(connect(in(24, "Pad"))).hasSize(1);
        assertThat(connect(in(24, "Pad"))).isEmpty();
        gone(25);
        assertThat(connections.away()).isEmpty();
        gone(24);
        assertThat(connections.away()).isPresent();
    }

    /** Of two pads of one name only the one that was pulled is looked for, at whatever place among them it comes back. */
    @Test
    void shouldTellTwinsApart() {
        Wish<At> first = connections.want(PAD_IN, in(24, "Pad"));
        Wish<At> second = connections.want(PAD_IN, in(28, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).extracting(At::client).containsExactly(24, 28);
        gone(24);
        assertThat(connect(in(28, "Pad"))).isEmpty();
        List<Match<At>> matches = connections.matches(List.of(in(28, "Pad"), in(32, "Pad")));
        assertThat(matches).containsExactly(new Match<>(first, in(32, "Pad")));
        assertThat(matches).extracting(Match::wish).doesNotContain(second);
    }

    @Test
    void shouldTakeEveryHardwareInputThatEverAppears() {
        connections.wantHardware(PAD_IN);
        At software = new At(128, "Program", Direction.IN, false);
        assertThat(connect(software, out(20, "Kit"))).isEmpty();
        assertThat(connect(software, in(24, "Pad"))).containsExactly(in(24, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).containsExactly(in(28, "Pad"));
        gone(24);
        gone(28);
        assertThat(connect(in(36, "Pad"))).containsExactly(in(36, "Pad"));
        assertThat(connections.away()).as("its twin").isPresent();
    }

    /** A device that another program holds is not unplugged. */
    @Test
    void shouldNotCallAwayWhatNeverCame() {
        connections.want(PAD_IN, in(24, "Pad"));
        connections.matches(List.of(in(24, "Pad")));
        assertThat(connections.away()).isEmpty();
        assertThat(connections.present()).isEmpty();
        assertThat(connections.matches(List.of(in(24, "Pad")))).hasSize(1);
    }

    /** Twins that are to be told apart do not swap their places when one is pulled. */
    @Test
    void shouldNotGiveAPadToTwoInputs() {
        connections.want(PAD_IN, in(24, "Pad"));
        connections.want(PAD_IN_2, in(28, "Pad"));
        connections.want(CLOCK_IN, in(24, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).extracting(At::client).containsExactly(24, 28, 24);
        gone(24);
        assertThat(connect(in(28, "Pad"))).as("only the clock may share").extracting(At::client).containsExactly(28);
        assertThat(connect(in(28, "Pad"), in(32, "Pad"))).extracting(At::client).containsExactly(32);
    }

    @Test
    void shouldTakeTheTwinThatWasChosen() {
        connections.want(PAD_IN, in(28, "Pad"));
        connections.want(PAD_IN_2, in(24, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).extracting(At::client).containsExactly(28, 24);
    }
}

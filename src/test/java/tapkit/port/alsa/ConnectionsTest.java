package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.alsa.Connections.Match;
import tapkit.port.alsa.Connections.Wish;

class ConnectionsTest {
    private static final int PAD_IN = 0;
    private static final int DRUMS_OUT = 2;

    private final Connections connections = new Connections();

    private static AlsaPort in(int client, String name) {
        return new AlsaPort(client, 0, name, Direction.IN, true);
    }

    private static AlsaPort out(int client, String name) {
        return new AlsaPort(client, 0, name, Direction.OUT, true);
    }

    private List<AlsaPort> connect(AlsaPort... there) {
        List<Match> matches = connections.matches(List.of(there));
        matches.forEach(match -> connections.connected(match.wish(), match.port()));
        return matches.stream().map(Match::port).toList();
    }

    @Test
    void shouldConnectAgainByNameWhateverTheNumber() {
        connections.want("pad in", PAD_IN, in(24, "Pad:Pad MIDI 1"));
        connections.want("drums out", DRUMS_OUT, out(24, "Pad:Pad MIDI 1"));
        connect(in(24, "Pad:Pad MIDI 1"), out(24, "Pad:Pad MIDI 1"));
        assertThat(connections.away()).isEmpty();
        assertThat(connections.present()).containsExactly("pad in from Pad:Pad MIDI 1", "drums out to Pad:Pad MIDI 1");

        connections.gone(24, 0);
        assertThat(connections.away()).hasValueSatisfying(words -> assertThat(words).startsWith("Pad:Pad MIDI 1 is unplugged"));
        assertThat(connect(in(28, "Another"), out(28, "Another"))).isEmpty();
        assertThat(connect(in(32, "Pad:Pad MIDI 1"), out(32, "Pad:Pad MIDI 1"))).extracting(AlsaPort::client)
                .containsExactly(32, 32);
        assertThat(connections.away()).isEmpty();
    }

    /** What the user has parted with aconnect stays parted: nothing has gone. */
    @Test
    void shouldLeaveAloneWhatHasNotGone() {
        connections.want("pad in", PAD_IN, in(24, "Pad"));
        assertThat(connect(in(24, "Pad"))).hasSize(1);
        assertThat(connect(in(24, "Pad"))).isEmpty();
        connections.gone(25);
        connections.gone(24, 1);
        assertThat(connections.away()).isEmpty();
        connections.gone(24);
        assertThat(connections.away()).isPresent();
    }

    /** Of two pads of one name only the one that was pulled is looked for, at whatever place among them it comes back. */
    @Test
    void shouldTellTwinsApart() {
        Wish first = connections.want("pad in", PAD_IN, in(24, "Pad"));
        Wish second = connections.want("pad in", PAD_IN, in(28, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).extracting(AlsaPort::client).containsExactly(24, 28);
        connections.gone(24, 0);
        assertThat(connect(in(28, "Pad"))).isEmpty();
        List<Match> matches = connections.matches(List.of(in(28, "Pad"), in(32, "Pad")));
        assertThat(matches).containsExactly(new Match(first, in(32, "Pad")));
        assertThat(matches).extracting(Match::wish).doesNotContain(second);
    }

    @Test
    void shouldTakeEveryHardwareInputThatEverAppears() {
        connections.wantHardware("pad in", PAD_IN);
        AlsaPort software = new AlsaPort(128, 0, "Program", Direction.IN, false);
        assertThat(connect(software, out(20, "Kit"))).isEmpty();
        assertThat(connect(software, in(24, "Pad"))).containsExactly(in(24, "Pad"));
        assertThat(connect(in(24, "Pad"), in(28, "Pad"))).containsExactly(in(28, "Pad"));
        connections.gone(24);
        connections.gone(28);
        assertThat(connect(in(36, "Pad"))).containsExactly(in(36, "Pad"));
        assertThat(connections.away()).as("its twin").isPresent();
    }

    /** A device that another program holds is not unplugged. */
    @Test
    void shouldNotCallAwayWhatNeverCame() {
        connections.want("pad in", PAD_IN, in(24, "Pad"));
        connections.matches(List.of(in(24, "Pad")));
        assertThat(connections.away()).isEmpty();
        assertThat(connections.present()).isEmpty();
        assertThat(connections.matches(List.of(in(24, "Pad")))).hasSize(1);
    }

    @Test
    void shouldNumberPortsOfOneName() {
        List<PortInfo> infos = AlsaPort.infos(List.of(in(24, "Pad"), in(28, "Pad"), out(24, "Pad")));
        assertThat(infos).extracting(PortInfo::id).containsExactly("Pad", "Pad #2", "Pad");
        assertThat(infos).extracting(PortInfo::name).containsOnly("Pad");
        assertThat(infos).doesNotHaveDuplicates();
    }
}

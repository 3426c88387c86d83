package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputRouterTest {
    private final List<Integer> pad = new ArrayList<>();
    private final List<Integer> clock = new ArrayList<>();

    private InputRouter router(String clockIn) {
        return new InputRouter(new PortPlan(List.of(), null, clockIn, false), (message, at) -> pad.add(message),
                (message, at) -> clock.add(message));
    }

    @Test
    void shouldPartNotesFromClock() {
        InputRouter router = router(null);
        int note = MidiMessage.noteOn(0, 38, 90);
        for (int message : new int[]{note, MidiMessage.CLOCK, MidiMessage.START, MidiMessage.ACTIVE_SENSING,
                MidiMessage.pack(MidiMessage.SONG_POSITION, 3, 1)}) {
            router.padPort(0).receive(message, 0);
        }
        assertThat(pad).containsExactly(note);
        assertThat(clock).containsExactly(MidiMessage.CLOCK, MidiMessage.START,
                MidiMessage.pack(MidiMessage.SONG_POSITION, 3, 1));
    }

    @Test
    void shouldNotDoubleTheClockOnceItsOwnPortBringsIt() {
        InputRouter router = router(null);
        router.padPort(0).receive(MidiMessage.CLOCK, 0);
        router.clockPort().receive(MidiMessage.CLOCK, 1);
        router.padPort(0).receive(MidiMessage.CLOCK, 2);
        router.clockPort().receive(MidiMessage.noteOn(0, 1, 1), 3);
        assertThat(clock).hasSize(2);
        assertThat(pad).isEmpty();
    }

    @Test
    void shouldFollowOneOfTwoPadsThatBringClock() {
        InputRouter router = router(null);
        MidiReceiver idle = router.padPort(0);
        MidiReceiver sequencer = router.padPort(1);
        idle.receive(MidiMessage.CLOCK, 0);
        sequencer.receive(MidiMessage.CLOCK, 5_000_000);
        assertThat(clock).as("the first leads").hasSize(1);
        int position = MidiMessage.pack(MidiMessage.SONG_POSITION, 8, 0);
        sequencer.receive(position, 10_000_000);
        sequencer.receive(MidiMessage.CONTINUE, 11_000_000);
        sequencer.receive(MidiMessage.CLOCK, 12_000_000);
        idle.receive(MidiMessage.CLOCK, 20_000_000);
        idle.receive(MidiMessage.STOP, 21_000_000);
        assertThat(clock).as("until another starts").containsExactly(MidiMessage.CLOCK, position, MidiMessage.CONTINUE,
                MidiMessage.CLOCK);
        idle.receive(MidiMessage.CLOCK, 1_100_000_000);
        assertThat(clock).as("or it is silent").hasSize(5);
    }

    @Test
    void shouldTakeClockFromTheNamedPortOnly() {
        InputRouter router = router("sequencer");
        router.padPort(0).receive(MidiMessage.CLOCK, 0);
        assertThat(clock).isEmpty();
    }

    @Test
    void shouldSayByWhichInputANoteCame() {
        int note = MidiMessage.noteOn(3, 38, 90);
        router(null).padPort(5).receive(note, 0);
        router(null).padPort(0).receive(note, 0);
        assertThat(pad).extracting(MidiMessage::input).containsExactly(5, 0);
        assertThat(pad).allMatch(MidiMessage::isNoteOn).extracting(MidiMessage::data1).containsOnly(38);
        assertThat(pad.get(1)).isEqualTo(note);
    }
}

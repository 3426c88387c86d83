package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tapkit.UserError;
import tapkit.port.PortInfo.Direction;
import tapkit.port.loopback.LoopbackBackend;

class BackendsTest {
    private static final PortPlan NOTHING_NAMED = new PortPlan(List.of(), null, null, false);

    private record Fixed(String name, Optional<String> unavailable, List<PortInfo> ports) implements MidiBackend {
        static Fixed with(String name, String... inputs) {
            return new Fixed(name, Optional.empty(),
                    List.of(inputs).stream().map(input -> new PortInfo(name, "id of " + input, input, Direction.IN)).toList());
        }

        static Fixed absent(String name, String reason) {
            return new Fixed(name, Optional.of(reason), List.of());
        }

        @Override
        public MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
            throw new UnsupportedOperationException();
        }
    }

    private static PortPlan in(String part) {
        return new PortPlan(List.of(part), null, null, false);
    }

    @Test
    void shouldTakeTheFirstThatIsThere() {
        assertThat(Backends.choose(List.of(Fixed.absent("one", "why"), Fixed.with("two"), Fixed.with("three")), NOTHING_NAMED)
                .name())
                .isEqualTo("two");
    }

    @Test
    void shouldTakeTheOneThatHasTheNamedPort() {
        assertThat(Backends.choose(List.of(Fixed.with("one", "Keys"), Fixed.with("two", "SPD-SX Pad")), in("spd")).name())
                .isEqualTo("two");
    }

    @Test
    void shouldFallBackToTheLoopbackWhereNothingIsThereOrNamed() {
        assertThat(Backends.choose(List.of(Fixed.absent("one", "why")), NOTHING_NAMED)).isInstanceOf(LoopbackBackend.class);
    }

    @Test
    void shouldSayWhichPortsThereAreAndWhichBackendIsNot() {
        assertThatThrownBy(
                () -> Backends.choose(List.of(Fixed.absent("one", "no server"), Fixed.with("two", "Keys")), in("spd")))
                .isInstanceOf(UserError.class).hasMessageContainingAll("\"spd\"", "\"Keys\" (two)", "one: no server");
        assertThatThrownBy(() -> Backends.choose(List.of(Fixed.absent("one", "no server")), in("spd")))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("no MIDI input port at all", "one: no server");
    }

    @Test
    void shouldSayThatNamedPortsAreApart() {
        PortPlan both = new PortPlan(List.of("Keys", "Pad"), null, null, false);
        assertThatThrownBy(() -> Backends.choose(List.of(Fixed.with("one", "Keys"), Fixed.with("two", "Pad")), both))
                .isInstanceOf(UserError.class).hasMessageContaining("different backends");
    }

    @Test
    void shouldPreferTheWholeNameToAPart() {
        List<PortInfo> ports = Fixed.with("one", "Pad 12", "Pad 1").ports();
        assertThat(PortNames.require(ports, Direction.IN, "pad 1").name()).isEqualTo("Pad 1");
        assertThat(PortNames.require(ports, Direction.IN, "12").name()).isEqualTo("Pad 12");
    }

    @Test
    void shouldFindASecondPadOfTheSameName() {
        List<PortInfo> ports = Fixed.with("one", "Pad 1", "Pad 2").ports();
        assertThat(PortNames.requireEach(ports, Direction.IN, List.of("pad", "pad"))).extracting(PortInfo::name)
                .containsExactly("Pad 1", "Pad 2");
        assertThatThrownBy(() -> PortNames.requireEach(ports, Direction.IN, List.of("pad 1", "pad 1")))
                .isInstanceOf(UserError.class).hasMessageContainingAll("no other", "Pad 1");
        assertThatThrownBy(() -> PortNames.requireEach(ports, Direction.IN, List.of("pad 1", "keys")))
                .isInstanceOf(UserError.class).hasMessageContainingAll("\"keys\"", "Pad 2");
    }
}

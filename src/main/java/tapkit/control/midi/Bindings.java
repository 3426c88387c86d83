package tapkit.control.midi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tapkit.port.MidiMessage;

/** All bindings, found by the message. Immutable. */
final class Bindings {
    private static final Binding[] NONE = {};

    private final List<Binding> all;
    /** [source, number] */
    private final Binding[][][] table = new Binding[Binding.Source.values().length][128][];

    Bindings(List<Binding> bindings) {
        all = List.copyOf(bindings);
        for (Binding.Source source : Binding.Source.values()) {
            for (int number = 0; number < 128; number++) {
                int wanted = number;
                table[source.ordinal()][number] = Stream.concat(all.stream().filter(b -> b.number() == wanted),
                        all.stream().filter(b -> b.number() == Binding.ANY)).filter(b -> b.source() == source)
                        .toArray(Binding[]::new);
            }
        }
    }

    List<Binding> all() {
        return all;
    }

    /** The binding of a message, or null. Does not allocate. */
    Binding of(int message) {
        Binding.Source source = Binding.Source.of(message);
        for (Binding binding : source == null ? NONE : table[source.ordinal()][MidiMessage.data1(message)]) {
            if (binding.fits(message)) {
                return binding;
            }
        }
        return null;
    }

    /** With one more; what hears the same message goes. */
    Bindings with(Binding binding) {
        List<Binding> more = new ArrayList<>(all);
        more.removeIf(binding::clashes);
        more.add(binding);
        return new Bindings(more);
    }

    /** Without those of a knob, by its index. */
    Bindings without(int knob) {
        return new Bindings(all.stream().filter(binding -> binding.knob().index() != knob).toList());
    }
}

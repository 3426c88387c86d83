package tapkit.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tapkit.port.PortInfo.Direction;

/**
 * What tapkit's ports are to be connected to, and what of that is there. A port that goes away is awaited by its name: addresses change
 * when a device is plugged in again. What a user parts by hand stays parted, because nothing has gone. Pure; not thread-safe.
 *
 * @param <P> a backend's ports; equal if they are at the same address
 */
public final class Connections<P extends Connections.Port> {
    /** A port of another program or a device as it is now. */
    public interface Port {
        /** What it is known by, whatever its address is. */
        String name();

        /** Seen from tapkit. */
        Direction direction();

        /** Whether a device is behind it. */
        boolean hardware();
    }

    /** What a port of tapkit's own is for. Two of one purpose are never connected to the same port; two of different ones may be. */
    public enum Purpose {
        PAD,
        CLOCK_IN,
        DRUMS,
        CLOCK_OUT,
        CONTROL_OUT
    }

    /**
     * A port of tapkit's own.
     *
     * @param number what the backend knows it by
     */
    public record Own(Purpose purpose, String name, int number) {
    }

    /** One port that one of tapkit's own is to be connected to. */
    public static final class Wish<P extends Port> {
        private final Own own;
        private final String name;
        private final Direction direction;
        /** Where it was last, or was chosen. */
        private P last;
        private P at;
        private boolean lost;

        private Wish(Own own, P port) {
            this.own = own;
            last = port;
            name = port.name();
            direction = port.direction();
        }

        /** tapkit's port. */
        public Own own() {
            return own;
        }

        private boolean isSameKind(Wish<P> other) {
            return own.purpose == other.own.purpose;
        }
    }

    private final List<Wish<P>> wishes = new ArrayList<>();
    private Own hardwareOwn;

    /** From now on a port is wanted. */
    public Wish<P> want(Own own, P port) {
        Wish<P> wish = new Wish<>(own, port);
        wishes.add(wish);
        return wish;
    }

    /** From now on every input of hardware is wanted, whenever it is plugged in. */
    public void wantHardware(Own own) {
        hardwareOwn = own;
    }

    public void connected(Wish<P> wish, P at) {
        wish.at = at;
        wish.last = at;
        wish.lost = false;
    }

    /** The ports of which this holds have gone. */
    public void gone(Predicate<P> hit) {
        for (Wish<P> wish : wishes) {
            if (wish.at != null && hit.test(wish.at)) {
                wish.at = null;
                wish.lost = true;
            }
        }
    }

    /** A wish and the port that can fulfil it. */
    public record Match<P extends Port>(Wish<P> wish, P port) {
    }

    /**
     * What is to be connected now: for each wish that is away the port that it was chosen as or was connected to last,
     * else the first of its name; none that another wish of the same purpose holds.
     */
    public List<Match<P>> matches(List<P> there) {
        if (hardwareOwn != null) {
            wantNewHardware(there);
        }
        List<Match<P>> matches = new ArrayList<>();
        match(there, matches, (wish, port) -> port.equals(wish.last));
        match(there, matches, (wish, port) -> true);
        return matches;
    }

    private void match(List<P> there, List<Match<P>> matches, BiPredicate<Wish<P>, P> condition) {
        for (Wish<P> wish : wishes) {
            if (wish.at == null && matches.stream().noneMatch(match -> match.wish() == wish)) {
                there.stream().filter(port -> condition.test(wish, port) && isFree(port, wish, matches)).findFirst()
                        .ifPresent(port -> matches.add(new Match<>(wish, port)));
            }
        }
    }

    private boolean isFree(P port, Wish<P> wish, List<Match<P>> taken) {
        return port.name().equals(wish.name) && port.direction() == wish.direction
                && wishes.stream().noneMatch(other -> other.isSameKind(wish) && port.equals(other.at))
                && taken.stream().noneMatch(match -> match.wish().isSameKind(wish) && match.port().equals(port));
    }

    private void wantNewHardware(List<P> there) {
        List<P> inputs = there.stream().filter(port -> port.hardware() && port.direction() == Direction.IN).toList();
        for (P port : inputs) {
            long twins = inputs.stream().filter(other -> other.name().equals(port.name())).count();
            long wanted = wishes.stream()
                    .filter(wish -> wish.own.equals(hardwareOwn) && wish.name.equals(port.name()))
                    .count();
            if (wanted < twins) {
                want(hardwareOwn, port);
            }
        }
    }

    /** The connections that there are, in words. */
    public List<String> present() {
        return wishes.stream().filter(wish -> wish.at != null)
                .map(wish -> wish.own.name + (wish.direction == Direction.IN ? " from " : " to ") + wish.name).toList();
    }

    /** Which ports that were connected have gone, in words; empty if none. */
    public Optional<String> away() {
        List<String> names = wishes.stream().filter(wish -> wish.lost).map(wish -> wish.name).distinct().toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names)
                        + (names.size() == 1 ? " is unplugged or has ended" : " are unplugged or have ended")
                        + "; connected again when back");
    }
}

package tapkit.port.alsa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tapkit.port.PortInfo.Direction;

/**
 * What tapkit's ports are to be connected to, and what of that is there. A port that goes away is awaited by its name: addresses change
 * when a device is plugged in again. Pure; not thread-safe.
 */
final class Connections {
    /** One port that one of tapkit's own is to be connected to. */
    static final class Wish {
        private final String ownName;
        private final int own;
        private final String name;
        private final Direction direction;
        private AlsaPort at;
        private boolean lost;

        private Wish(String ownName, int own, AlsaPort port) {
            this.ownName = ownName;
            this.own = own;
            name = port.name();
            direction = port.direction();
        }

        /** The number of tapkit's port. */
        int own() {
            return own;
        }

        private boolean isSameKind(Wish other) {
            return own == other.own && direction == other.direction;
        }

        private boolean isHeldBy(AlsaPort port) {
            return at != null && at.isAt(port.client(), port.port());
        }
    }

    private final List<Wish> wishes = new ArrayList<>();
    private String hardwareOwnName;
    private int hardwareOwn;

    /** From now on a port is wanted. */
    Wish want(String ownName, int own, AlsaPort port) {
        Wish wish = new Wish(ownName, own, port);
        wishes.add(wish);
        return wish;
    }

    /** From now on every input of hardware is wanted, whenever it is plugged in. */
    void wantHardware(String ownName, int own) {
        hardwareOwnName = ownName;
        hardwareOwn = own;
    }

    void connected(Wish wish, AlsaPort at) {
        wish.at = at;
        wish.lost = false;
    }

    /** A client has gone, and its ports with it. */
    void gone(int client) {
        gone(at -> at.client() == client);
    }

    /** A port has gone. */
    void gone(int client, int port) {
        gone(at -> at.isAt(client, port));
    }

    private void gone(Predicate<AlsaPort> hit) {
        for (Wish wish : wishes) {
            if (wish.at != null && hit.test(wish.at)) {
                wish.at = null;
                wish.lost = true;
            }
        }
    }

    /** A wish and the port that can fulfil it. */
    record Match(Wish wish, AlsaPort port) {
    }

    /**
     * What is to be connected now: for each wish that is away the first port of its name that no other wish of the same port of
     * tapkit's holds.
     */
    List<Match> matches(List<AlsaPort> there) {
        if (hardwareOwnName != null) {
            wantNewHardware(there);
        }
        List<Match> matches = new ArrayList<>();
        for (Wish wish : wishes) {
            if (wish.at == null) {
                there.stream().filter(port -> isFree(port, wish, matches)).findFirst()
                        .ifPresent(port -> matches.add(new Match(wish, port)));
            }
        }
        return matches;
    }

    private boolean isFree(AlsaPort port, Wish wish, List<Match> taken) {
        return port.name().equals(wish.name) && port.direction() == wish.direction
                && wishes.stream().noneMatch(other -> other.isSameKind(wish) && other.isHeldBy(port))
                && taken.stream().noneMatch(match -> match.wish().isSameKind(wish) && match.port().equals(port));
    }

    private void wantNewHardware(List<AlsaPort> there) {
        List<AlsaPort> inputs = there.stream().filter(port -> port.hardware() && port.direction() == Direction.IN).toList();
        for (AlsaPort port : inputs) {
            long twins = inputs.stream().filter(other -> other.name().equals(port.name())).count();
            long wanted = wishes.stream()
                    .filter(wish -> wish.own == hardwareOwn && wish.direction == Direction.IN && wish.name.equals(port.name()))
                    .count();
            if (wanted < twins) {
                want(hardwareOwnName, hardwareOwn, port);
            }
        }
    }

    /** The connections that there are, in words. */
    List<String> present() {
        return wishes.stream().filter(wish -> wish.at != null)
                .map(wish -> wish.ownName + (wish.direction == Direction.IN ? " from " : " to ") + wish.name).toList();
    }

    /** Which ports that were connected have gone, in words; empty if none. */
    Optional<String> away() {
        List<String> names = wishes.stream().filter(wish -> wish.lost).map(wish -> wish.name).distinct().toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names) + (names.size() == 1 ? " is" : " are")
                        + " unplugged and will be connected again when plugged in");
    }
}

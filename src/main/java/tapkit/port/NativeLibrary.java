package tapkit.port;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Arrays;
import java.util.Optional;

/** Finds shared libraries that a machine may have or not. What is found stays loaded. */
public final class NativeLibrary {
    private NativeLibrary() {
    }

    /** The first of these that is there: names, which the system looks for where it always does, or paths. */
    @SuppressWarnings("restricted") // to call native code is what libraries are loaded for
    public static Optional<SymbolLookup> find(String... names) {
        return Arrays.stream(names).flatMap(name -> {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global())).stream();
            } catch (IllegalArgumentException notThere) {
                return Optional.<SymbolLookup>empty().stream();
            }
        }).findFirst();
    }
}

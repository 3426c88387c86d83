package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tapkit.UserError;
import tapkit.port.PortInfo.Direction;

/**
 * A client of a JACK server: the calls that are made outside the process callback. Its memory lives until {@link #close}, which
 * ends the server's calls first.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class JackClient implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long handle;
    private final String name;

    private JackClient(String wantedName, String server) {
        MemorySegment status = arena.allocate(JAVA_INT);
        handle = call(() -> server == null
                ? (long) JackLibrary.Opening.CLIENT_OPEN.invokeExact(arena.allocateFrom(wantedName),
                        JackLibrary.NO_START_SERVER,
                        status)
                : (long) JackLibrary.Opening.CLIENT_OPEN_ON.invokeExact(arena.allocateFrom(wantedName),
                        JackLibrary.NO_START_SERVER | JackLibrary.SERVER_NAME, status, arena.allocateFrom(server)));
        name = handle == 0 ? wantedName : string(call(() -> (MemorySegment) JackLibrary.CLIENT_NAME.invokeExact(handle)));
    }

    /**
     * Opens a client; empty if no server answers.
     *
     * @param name   what other programs see; the server adds a number if it is taken
     * @param server the server's name, or null for the default one
     */
    static Optional<JackClient> open(String name, String server) {
        JackClient client = new JackClient(name, server);
        if (client.handle == 0) {
            client.arena.close();
            return Optional.empty();
        }
        return Optional.of(client);
    }

    /** What libjack knows it by. */
    long handle() {
        return handle;
    }

    String name() {
        return name;
    }

    /** Frames a second. */
    int rate() {
        return call(() -> (int) JackLibrary.SAMPLE_RATE.invokeExact(handle));
    }

    /** What there is to know about the server. */
    JackServerInfo server() {
        boolean realTime = call(() -> (int) JackLibrary.IS_REALTIME.invokeExact(handle)) != 0;
        String version = string(call(() -> (MemorySegment) JackLibrary.VERSION.invokeExact()));
        // PipeWire's library calls itself version 3 and says so in words.
        boolean pipeWire = version.startsWith("3") || version.contains("PipeWire");
        return new JackServerInfo((pipeWire ? "PipeWire, as JACK " : "jackd ") + version, rate(), periodFrames(), realTime);
    }

    /** Frames a period. */
    int periodFrames() {
        return call(() -> (int) JackLibrary.BUFFER_SIZE.invokeExact(handle));
    }

    /** Every MIDI port of the server, inputs first; this client's own are left out. */
    List<JackPort> ports() {
        List<JackPort> ports = new ArrayList<>();
        names(JackLibrary.PORT_IS_OUTPUT).forEach(port -> ports.add(port(port, Direction.IN)));
        names(JackLibrary.PORT_IS_INPUT).forEach(port -> ports.add(port(port, Direction.OUT)));
        return ports;
    }

    private JackPort port(String address, Direction direction) {
        try (Arena local = Arena.ofConfined()) {
            long pointer = call(() -> (long) JackLibrary.PORT_BY_NAME.invokeExact(handle, local.allocateFrom(address)));
            if (pointer == 0) {
                return new JackPort(address, "", direction, false); // gone since it was listed
            }
            int flags = call(() -> (int) JackLibrary.PORT_FLAGS.invokeExact(pointer));
            String alias = alias(pointer, local);
            boolean through = address.contains("Midi Through") || alias.contains("Midi Through");
            return new JackPort(address, alias, direction, (flags & JackLibrary.PORT_IS_PHYSICAL) != 0 && !through);
        }
    }

    /** For hardware, whose names are mere numbers, what tells which it is; else empty. */
    private static String alias(long port, Arena local) {
        int size = call(() -> (int) JackLibrary.PORT_NAME_SIZE.invokeExact());
        MemorySegment aliases = local.allocate(ADDRESS, 2);
        aliases.setAtIndex(ADDRESS, 0, local.allocate(size));
        aliases.setAtIndex(ADDRESS, 1, local.allocate(size));
        int count = call(() -> (int) JackLibrary.PORT_ALIASES.invokeExact(port, aliases));
        return count < 1 ? "" : string(aliases.getAtIndex(ADDRESS, 0)); // PipeWire counts an empty one
    }

    /** The address of the port with this number; empty if it has gone. */
    Optional<String> address(int port) {
        long pointer = call(() -> (long) JackLibrary.PORT_BY_ID.invokeExact(handle, port));
        return pointer == 0
                ? Optional.empty()
                : Optional.of(string(call(() -> (MemorySegment) JackLibrary.PORT_NAME.invokeExact(pointer))));
    }

    private List<String> names(long flags) {
        List<String> names = new ArrayList<>();
        try (Arena local = Arena.ofConfined()) {
            MemorySegment found = call(() -> (MemorySegment) JackLibrary.GET_PORTS.invokeExact(handle, MemorySegment.NULL,
                    local.allocateFrom(JackLibrary.MIDI_TYPE), flags));
            if (found.address() == 0) {
                return names;
            }
            MemorySegment array = found.reinterpret(Long.MAX_VALUE);
            for (long i = 0; array.getAtIndex(JAVA_LONG, i) != 0; i++) {
                names.add(string(array.getAtIndex(ADDRESS, i)));
            }
            run(() -> {
                JackLibrary.FREE.invokeExact(found);
            });
        }
        names.removeIf(port -> port.startsWith(name + ":"));
        return names;
    }

    /** A new MIDI port of this client. */
    long register(String shortName, int direction) {
        long port = call(() -> (long) JackLibrary.PORT_REGISTER.invokeExact(handle, arena.allocateFrom(shortName),
                arena.allocateFrom(JackLibrary.MIDI_TYPE), (long) direction, 0L));
        if (port == 0) {
            throw new UserError("the JACK server refused the port " + name + ":" + shortName
                    + "; it may have no ports left (jackd's option --port-max)");
        }
        return port;
    }

    /** Connects two ports by their full names; returns 0, or JACK's code. To be connected already is no failure. */
    int connect(String output, String input) {
        try (Arena local = Arena.ofConfined()) {
            int code = call(() -> (int) JackLibrary.CONNECT.invokeExact(handle, local.allocateFrom(output),
                    local.allocateFrom(input)));
            return code == JackLibrary.EEXIST ? 0 : code;
        }
    }

    /** nanoTime − 1000 · JACK's time, in nanoseconds. */
    long offsetNanos() {
        long best = Long.MAX_VALUE;
        long offset = 0;
        for (int i = 0; i < 200; i++) {
            long before = System.nanoTime();
            long micros = call(() -> (long) JackLibrary.GET_TIME.invokeExact());
            long took = System.nanoTime() - before;
            if (took < best) {
                best = took;
                // JACK's time is cut to whole microseconds: on average half of one is missing.
                offset = before + took / 2 - micros * 1000 - 500;
            }
        }
        // Linux: both are CLOCK_MONOTONIC, and what is left is the error of measuring.
        return Math.abs(offset) < 10_000 ? 0 : offset;
    }

    /** Tells the server what to call, and lets it begin. */
    void activate(JackCallbacks callbacks) {
        check("jack_set_process_callback",
                call(() -> (int) JackLibrary.SET_PROCESS.invokeExact(handle, callbacks.process(), 0L)));
        check("jack_set_xrun_callback", call(() -> (int) JackLibrary.SET_XRUN.invokeExact(handle, callbacks.xrun(), 0L)));
        check("jack_set_port_registration_callback",
                call(() -> (int) JackLibrary.SET_REGISTRATION.invokeExact(handle, callbacks.registration(), 0L)));
        run(() -> {
            JackLibrary.ON_SHUTDOWN.invokeExact(handle, callbacks.shutdown(), 0L);
        });
        check("jack_activate", call(() -> (int) JackLibrary.ACTIVATE.invokeExact(handle)));
    }

    /** Native memory that lives as long as the client. */
    long allocate(long bytes) {
        return arena.allocate(bytes, 8).address();
    }

    /** Leaves the server. Safe after the server's death. */
    @Override
    public void close() {
        leave();
    }

    /** The same; returns whether the server calls no more. */
    boolean leave() {
        int failed = call(() -> (int) JackLibrary.CLIENT_CLOSE.invokeExact(handle));
        if (failed == 0) {
            arena.close(); // else the server's thread may still call: rather keep the memory
        }
        return failed == 0;
    }

    static void check(String what, int code) {
        if (code != 0) {
            throw new UserError("JACK: " + what + " failed with code " + code + "; see the server's own messages");
        }
    }

    private static String string(MemorySegment characters) {
        return characters.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private interface NativeCall<T> {
        T call() throws Throwable;
    }

    /** Written with a block as its body: an expression would make the call return an object. */
    private interface NativeRun {
        void run() throws Throwable;
    }

    private static <T> T call(NativeCall<T> function) {
        try {
            return function.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("libjack's functions throw nothing", e);
        }
    }

    private static void run(NativeRun function) {
        call(() -> {
            function.run();
            return true;
        });
    }
}

package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tapkit.UserError;
import tapkit.port.PortInfo;
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
                ? (long) JackLibrary.CLIENT_OPEN.invokeExact(arena.allocateFrom(wantedName), JackLibrary.NO_START_SERVER,
                        status)
                : (long) JackLibrary.CLIENT_OPEN_ON.invokeExact(arena.allocateFrom(wantedName),
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

    /** Frames a period. */
    int periodFrames() {
        return call(() -> (int) JackLibrary.BUFFER_SIZE.invokeExact(handle));
    }

    /** Every MIDI port of the server, or only those of hardware; this client's own are left out. */
    List<PortInfo> ports(boolean physicalOnly) {
        List<PortInfo> ports = new ArrayList<>();
        long physical = physicalOnly ? JackLibrary.PORT_IS_PHYSICAL : 0;
        for (String port : names(JackLibrary.PORT_IS_OUTPUT | physical)) {
            ports.add(new PortInfo(JackBackend.NAME, port, readable(port), Direction.IN));
        }
        for (String port : names(JackLibrary.PORT_IS_INPUT | physical)) {
            ports.add(new PortInfo(JackBackend.NAME, port, readable(port), Direction.OUT));
        }
        return ports;
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

    /** A port's name; for hardware, whose names are mere numbers, with the alias that tells which it is. */
    private String readable(String port) {
        try (Arena local = Arena.ofConfined()) {
            long pointer = call(() -> (long) JackLibrary.PORT_BY_NAME.invokeExact(handle, local.allocateFrom(port)));
            if (pointer == 0) {
                return port;
            }
            int size = call(() -> (int) JackLibrary.PORT_NAME_SIZE.invokeExact());
            MemorySegment aliases = local.allocate(ADDRESS, 2);
            aliases.setAtIndex(ADDRESS, 0, local.allocate(size));
            aliases.setAtIndex(ADDRESS, 1, local.allocate(size));
            int count = call(() -> (int) JackLibrary.PORT_ALIASES.invokeExact(pointer, aliases));
            String alias = count < 1 ? "" : string(aliases.getAtIndex(ADDRESS, 0)); // PipeWire counts an empty one
            return alias.isEmpty() ? port : port + " (" + alias + ")";
        }
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

    void unregister(long port) {
        check("jack_port_unregister", call(() -> (int) JackLibrary.PORT_UNREGISTER.invokeExact(handle, port)));
    }

    /** Connects two ports by their full names. */
    void connect(String output, String input) {
        try (Arena local = Arena.ofConfined()) {
            check("connecting \"" + output + "\" to \"" + input + "\"", call(() -> (int) JackLibrary.CONNECT.invokeExact(handle,
                    local.allocateFrom(output), local.allocateFrom(input))));
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
    void activate(JackProcess process) {
        MethodType oneArgument = MethodType.methodType(int.class, long.class);
        MemorySegment periods = callback(process, "process", MethodType.methodType(int.class, int.class, long.class),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        MemorySegment xruns = callback(process, "xrun", oneArgument, FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        MemorySegment shutdown = callback(process, "shutdown", oneArgument.changeReturnType(void.class),
                FunctionDescriptor.ofVoid(JAVA_LONG));
        check("jack_set_process_callback", call(() -> (int) JackLibrary.SET_PROCESS.invokeExact(handle, periods, 0L)));
        check("jack_set_xrun_callback", call(() -> (int) JackLibrary.SET_XRUN.invokeExact(handle, xruns, 0L)));
        run(() -> {
            JackLibrary.ON_SHUTDOWN.invokeExact(handle, shutdown, 0L);
        });
        check("jack_activate", call(() -> (int) JackLibrary.ACTIVATE.invokeExact(handle)));
    }

    private MemorySegment callback(JackProcess process, String method, MethodType type, FunctionDescriptor nativeType) {
        try {
            MethodHandle target = MethodHandles.lookup().findVirtual(JackProcess.class, method, type).bindTo(process);
            return Linker.nativeLinker().upcallStub(target, nativeType, arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Native memory that lives as long as the client. */
    long allocate(long bytes) {
        return arena.allocate(bytes, 8).address();
    }

    /** Leaves the server. Safe after the server's death. */
    @Override
    public void close() {
        int failed = call(() -> (int) JackLibrary.CLIENT_CLOSE.invokeExact(handle));
        if (failed == 0) {
            arena.close(); // else the server's thread may still call: rather keep the memory
        }
    }

    private static void check(String what, int code) {
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

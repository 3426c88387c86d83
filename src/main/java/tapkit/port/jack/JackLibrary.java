package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static tapkit.port.jack.JackLibrary.Library.function;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tapkit.port.NativeLibrary;

/**
 * libjack's functions, by their C names. Pointers that the process callback handles are longs, because a MemorySegment would be
 * an object for every call; what is called from it is linked as critical. Loading this class needs the library:
 * see {@link Library#FOUND}.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class JackLibrary {
    static final int PORT_IS_INPUT = 1;
    static final int PORT_IS_OUTPUT = 2;
    static final int PORT_IS_PHYSICAL = 4;
    /** What connecting returns for ports that are connected already. */
    static final int EEXIST = 17;
    static final String MIDI_TYPE = "8 bit raw midi";
    static final int NO_START_SERVER = 1;
    static final int SERVER_NAME = 4;
    /** All of memory, to read and write through addresses that libjack gives. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final Linker.Option CRITICAL = Linker.Option.critical(false);

    static final MethodHandle CLIENT_CLOSE = function("jack_client_close", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle CLIENT_NAME = function("jack_get_client_name", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    static final MethodHandle ACTIVATE = function("jack_activate", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle SET_PROCESS = function("jack_set_process_callback",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG));
    static final MethodHandle SET_XRUN = function("jack_set_xrun_callback",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG));
    static final MethodHandle ON_SHUTDOWN = function("jack_on_shutdown",
            FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_LONG));
    static final MethodHandle SET_REGISTRATION = function("jack_set_port_registration_callback",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG));
    static final MethodHandle IS_REALTIME = function("jack_is_realtime", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle VERSION = function("jack_get_version_string", FunctionDescriptor.of(ADDRESS));
    static final MethodHandle SAMPLE_RATE = function("jack_get_sample_rate",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle BUFFER_SIZE = function("jack_get_buffer_size",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle PORT_REGISTER = function("jack_port_register",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG));
    static final MethodHandle PORT_BY_NAME = function("jack_port_by_name",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    static final MethodHandle PORT_BY_ID = function("jack_port_by_id",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
    static final MethodHandle PORT_NAME = function("jack_port_name", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    static final MethodHandle PORT_FLAGS = function("jack_port_flags", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle PORT_ALIASES = function("jack_port_get_aliases",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    static final MethodHandle PORT_NAME_SIZE = function("jack_port_name_size", FunctionDescriptor.of(JAVA_INT));
    static final MethodHandle GET_PORTS = function("jack_get_ports",
            FunctionDescriptor.of(ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    static final MethodHandle FREE = function("jack_free", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle CONNECT = function("jack_connect",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
    static final MethodHandle GET_TIME = function("jack_get_time", FunctionDescriptor.of(JAVA_LONG), CRITICAL);

    /** {@code pthread_setcanceltype} of the calling thread; for what, see {@link JackProcess}. */
    static final MethodHandle SET_CANCEL_TYPE = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("pthread_setcanceltype"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
            CRITICAL);

    // From the process callback.
    static final MethodHandle CYCLE_TIMES = function("jack_get_cycle_times",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), CRITICAL);
    static final MethodHandle FRAMES_SINCE_CYCLE_START = function("jack_frames_since_cycle_start",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG), CRITICAL);
    static final MethodHandle TRANSPORT_QUERY = function("jack_transport_query",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), CRITICAL);
    static final MethodHandle PORT_BUFFER = function("jack_port_get_buffer",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT),
            CRITICAL);
    static final MethodHandle MIDI_CLEAR = function("jack_midi_clear_buffer", FunctionDescriptor.ofVoid(JAVA_LONG),
            CRITICAL);
    static final MethodHandle MIDI_RESERVE = function("jack_midi_event_reserve",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG), CRITICAL);
    static final MethodHandle MIDI_COUNT = function("jack_midi_get_event_count",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG),
            CRITICAL);
    static final MethodHandle MIDI_GET = function("jack_midi_event_get",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), CRITICAL);

    private JackLibrary() {
    }

    /** What it takes to find out whether a server runs: linking all the others takes a third of a second. */
    static final class Opening {
        static final MethodHandle CLIENT_OPEN = function("jack_client_open",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS),
                Linker.Option.firstVariadicArg(3));
        static final MethodHandle CLIENT_OPEN_ON = function("jack_client_open",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS), Linker.Option.firstVariadicArg(3));

        static {
            // libjack writes its errors to standard error unless it is told where else. tapkit says what went wrong itself, so they go
            // to a C function that takes a string and does nothing with it.
            MemorySegment nowhere = Linker.nativeLinker().defaultLookup().findOrThrow("strlen");
            FunctionDescriptor setter = FunctionDescriptor.ofVoid(ADDRESS);
            try {
                function("jack_set_error_function", setter).invokeExact(nowhere);
                function("jack_set_info_function", setter).invokeExact(nowhere);
            } catch (Throwable e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Opening() {
        }
    }

    /** Where the library is, apart from the functions so that it can be asked for without them. */
    static final class Library {
        /** JACK's own or the one that PipeWire puts in its place or keeps for {@code pw-jack}; empty where none is installed. */
        static final Optional<SymbolLookup> FOUND = NativeLibrary.find("libjack.so.0",
                "/usr/lib/x86_64-linux-gnu/pipewire-0.3/jack/libjack.so.0",
                "/usr/lib/aarch64-linux-gnu/pipewire-0.3/jack/libjack.so.0", "/usr/lib64/pipewire-0.3/jack/libjack.so.0");

        private Library() {
        }

        static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
            return Linker.nativeLinker().downcallHandle(FOUND.orElseThrow().findOrThrow(name), type, options);
        }
    }
}

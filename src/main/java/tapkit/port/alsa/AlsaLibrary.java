package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tapkit.port.NativeLibrary;

/**
 * libasound's sequencer functions, by their C names, and poll. Pointers that the live path handles are longs, because a
 * MemorySegment would be an object for every call. Loading this class needs the library: see {@link Library#FOUND}.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class AlsaLibrary {
    static final int OPEN_DUPLEX = 3;
    static final int OPEN_NONBLOCK = 1;

    static final int CAPABILITY_READ = 1;
    static final int CAPABILITY_WRITE = 1 << 1;
    static final int CAPABILITY_SUBSCRIBE_READ = 1 << 5;
    static final int CAPABILITY_SUBSCRIBE_WRITE = 1 << 6;
    static final int CAPABILITY_NO_EXPORT = 1 << 7;

    static final int TYPE_MIDI_GENERIC = 1 << 1;
    static final int TYPE_HARDWARE = 1 << 16;
    static final int TYPE_SOFTWARE = 1 << 17;
    static final int TYPE_APPLICATION = 1 << 20;

    static final int REMOVE_OUTPUT = 1 << 1;
    static final int REMOVE_TAG_MATCH = 1 << 9;

    static final int TIMER_CLASS_GLOBAL = 1;
    static final int TIMER_GLOBAL_HRTIMER = 3;

    static final int SYSTEM_CLIENT = 0;
    static final int SYSTEM_ANNOUNCE_PORT = 1;

    // errno, as libasound returns it: negative
    static final int ENOENT = -2;
    static final int EINTR = -4;
    static final int EAGAIN = -11;
    static final int EACCES = -13;
    static final int EBUSY = -16;
    static final int ENODEV = -19;
    static final int ENOSPC = -28;

    /** Of a client. */
    static final int MOST_PORTS = 256;

    static final int POLLIN = 1;
    /** {@code struct pollfd}: int fd; short events, revents. */
    static final long POLLFD_BYTES = 8;
    static final long POLLFD_REVENTS = JAVA_INT.byteSize() + JAVA_SHORT.byteSize();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final FunctionDescriptor INT_OF_POINTER = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor INT_OF_2_POINTERS = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor INT_OF_POINTER_AND_INT = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final FunctionDescriptor QUEUE_OBJECT = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor CONNECTION = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT,
            JAVA_INT);
    private static final FunctionDescriptor SET_INT = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT);
    private static final FunctionDescriptor SET_POINTER = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor STRING_OF_POINTER = FunctionDescriptor.of(ADDRESS, JAVA_LONG);
    private static final FunctionDescriptor SIZE = FunctionDescriptor.of(JAVA_LONG);

    static final MethodHandle ERROR_TEXT = function("snd_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    static final MethodHandle OPEN = function("snd_seq_open",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
    static final MethodHandle CLOSE = function("snd_seq_close", INT_OF_POINTER);
    static final MethodHandle CLIENT_ID = function("snd_seq_client_id", INT_OF_POINTER);
    static final MethodHandle SET_CLIENT_NAME = function("snd_seq_set_client_name", INT_OF_2_POINTERS);
    static final MethodHandle SET_POOL_INPUT = function("snd_seq_set_client_pool_input", INT_OF_POINTER_AND_INT);
    static final MethodHandle SET_POOL_OUTPUT = function("snd_seq_set_client_pool_output", INT_OF_POINTER_AND_INT);

    static final MethodHandle CLIENT_INFO_SIZE = function("snd_seq_client_info_sizeof", SIZE);
    static final MethodHandle CLIENT_INFO_SET_CLIENT = function("snd_seq_client_info_set_client", SET_INT);
    static final MethodHandle CLIENT_INFO_CLIENT = function("snd_seq_client_info_get_client", INT_OF_POINTER);
    static final MethodHandle CLIENT_INFO_NAME = function("snd_seq_client_info_get_name", STRING_OF_POINTER);
    static final MethodHandle QUERY_NEXT_CLIENT = function("snd_seq_query_next_client", INT_OF_2_POINTERS);

    static final MethodHandle PORT_INFO_SIZE = function("snd_seq_port_info_sizeof", SIZE);
    static final MethodHandle PORT_INFO_SET_CLIENT = function("snd_seq_port_info_set_client", SET_INT);
    static final MethodHandle PORT_INFO_SET_PORT = function("snd_seq_port_info_set_port", SET_INT);
    static final MethodHandle PORT_INFO_SET_NAME = function("snd_seq_port_info_set_name", SET_POINTER);
    static final MethodHandle PORT_INFO_SET_CAPABILITY = function("snd_seq_port_info_set_capability", SET_INT);
    static final MethodHandle PORT_INFO_SET_TYPE = function("snd_seq_port_info_set_type", SET_INT);
    static final MethodHandle PORT_INFO_SET_TIMESTAMPING = function("snd_seq_port_info_set_timestamping", SET_INT);
    static final MethodHandle PORT_INFO_SET_TIMESTAMP_REAL = function("snd_seq_port_info_set_timestamp_real", SET_INT);
    static final MethodHandle PORT_INFO_SET_TIMESTAMP_QUEUE = function("snd_seq_port_info_set_timestamp_queue", SET_INT);
    static final MethodHandle PORT_INFO_PORT = function("snd_seq_port_info_get_port", INT_OF_POINTER);
    static final MethodHandle PORT_INFO_NAME = function("snd_seq_port_info_get_name", STRING_OF_POINTER);
    static final MethodHandle PORT_INFO_CAPABILITY = function("snd_seq_port_info_get_capability", INT_OF_POINTER);
    static final MethodHandle PORT_INFO_TYPE = function("snd_seq_port_info_get_type", INT_OF_POINTER);
    static final MethodHandle QUERY_NEXT_PORT = function("snd_seq_query_next_port", INT_OF_2_POINTERS);
    static final MethodHandle CREATE_PORT = function("snd_seq_create_port", INT_OF_2_POINTERS);
    static final MethodHandle CONNECT_FROM = function("snd_seq_connect_from", CONNECTION);
    static final MethodHandle CONNECT_TO = function("snd_seq_connect_to", CONNECTION);
    static final MethodHandle SUBSCRIPTION_SIZE = function("snd_seq_port_subscribe_sizeof", SIZE);
    static final MethodHandle SUBSCRIPTION_SET_SENDER = function("snd_seq_port_subscribe_set_sender", SET_POINTER);
    static final MethodHandle SUBSCRIPTION_SET_DEST = function("snd_seq_port_subscribe_set_dest", SET_POINTER);
    static final MethodHandle GET_SUBSCRIPTION = function("snd_seq_get_port_subscription", INT_OF_2_POINTERS);

    static final MethodHandle ALLOC_QUEUE = function("snd_seq_alloc_named_queue", INT_OF_2_POINTERS);
    static final MethodHandle CONTROL_QUEUE = function("snd_seq_control_queue",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    static final MethodHandle DRAIN_OUTPUT = function("snd_seq_drain_output", INT_OF_POINTER);
    static final MethodHandle QUEUE_TIMER_SIZE = function("snd_seq_queue_timer_sizeof", SIZE);
    static final MethodHandle GET_QUEUE_TIMER = function("snd_seq_get_queue_timer", QUEUE_OBJECT);
    static final MethodHandle SET_QUEUE_TIMER = function("snd_seq_set_queue_timer", QUEUE_OBJECT);
    static final MethodHandle QUEUE_TIMER_SET_ID = function("snd_seq_queue_timer_set_id", SET_POINTER);
    static final MethodHandle QUEUE_TIMER_SET_RESOLUTION = function("snd_seq_queue_timer_set_resolution", SET_INT);
    static final MethodHandle TIMER_ID_SIZE = function("snd_timer_id_sizeof", SIZE);
    static final MethodHandle TIMER_ID_SET_CLASS = function("snd_timer_id_set_class", SET_INT);
    static final MethodHandle TIMER_ID_SET_DEVICE = function("snd_timer_id_set_device", SET_INT);
    static final MethodHandle QUEUE_STATUS_SIZE = function("snd_seq_queue_status_sizeof", SIZE);
    static final MethodHandle GET_QUEUE_STATUS = function("snd_seq_get_queue_status", QUEUE_OBJECT);
    static final MethodHandle QUEUE_STATUS_REAL_TIME = function("snd_seq_queue_status_get_real_time",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));

    static final MethodHandle REMOVE_EVENTS_SIZE = function("snd_seq_remove_events_sizeof", SIZE);
    static final MethodHandle REMOVE_EVENTS_SET_CONDITION = function("snd_seq_remove_events_set_condition", SET_INT);
    static final MethodHandle REMOVE_EVENTS_SET_TAG = function("snd_seq_remove_events_set_tag", SET_INT);
    static final MethodHandle REMOVE_EVENTS = function("snd_seq_remove_events", INT_OF_2_POINTERS);
    static final MethodHandle OUTPUT_DIRECT = function("snd_seq_event_output_direct", INT_OF_2_POINTERS);
    static final MethodHandle EVENT_INPUT = function("snd_seq_event_input", INT_OF_2_POINTERS);
    static final MethodHandle POLL_COUNT = function("snd_seq_poll_descriptors_count",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_SHORT));
    static final MethodHandle POLL_DESCRIPTORS = function("snd_seq_poll_descriptors",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_SHORT));

    /** poll(fds, count, timeoutMillis), with a segment for errno before its own parameters. */
    static final MethodHandle POLL = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("poll"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), Linker.Option.captureCallState("errno"));

    static {
        // libasound writes its errors to standard error unless it is told where else. tapkit says what went wrong itself, so they
        // go to a C function that takes a string and does nothing with it.
        try {
            int failed = (int) function("snd_lib_error_set_handler", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                    .invokeExact(LINKER.defaultLookup().findOrThrow("strlen"));
            if (failed != 0) {
                throw new IllegalStateException("snd_lib_error_set_handler: " + failed);
            }
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AlsaLibrary() {
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(Library.FOUND.orElseThrow().findOrThrow(name), type);
    }

    /** A call into libasound. */
    interface NativeCall<T> {
        T call() throws Throwable;
    }

    /** Makes a call; for the callers that are not on the live path. */
    static <T> T call(NativeCall<T> function) {
        try {
            return function.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("libasound's functions throw nothing", e);
        }
    }

    /** What a negative code means, in libasound's words. */
    static String errorText(int code) {
        MemorySegment text = call(() -> (MemorySegment) ERROR_TEXT.invokeExact(code));
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** Where the library is, apart from the functions so that it can be asked for without them. */
    static final class Library {
        /** Empty where libasound is not installed. */
        static final Optional<SymbolLookup> FOUND = NativeLibrary.find("libasound.so.2");

        private Library() {
        }
    }
}

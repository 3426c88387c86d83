package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static tapkit.port.alsa.AlsaLibrary.call;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import tapkit.UserError;
import tapkit.port.PortInfo.Direction;

/** A client of the sequencer: the calls that are made outside the live path. Its memory lives until {@link #close}. */
@SuppressWarnings("restricted") // reads strings that libasound owns
final class AlsaClient implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long handle;
    private final int id;
    private final String name;

    /** What opening came to: a client, or the code that tells why not. */
    record Opened(AlsaClient client, int code) {
    }

    private AlsaClient(long handle, String name) {
        this.handle = handle;
        this.name = name;
        id = check("snd_seq_client_id", call(() -> (int) AlsaLibrary.CLIENT_ID.invokeExact(handle)));
        long text = text(name);
        check("snd_seq_set_client_name", call(() -> (int) AlsaLibrary.SET_CLIENT_NAME.invokeExact(handle, text)));
    }

    /**
     * Opens a client.
     *
     * @param name  what other programs see
     * @param waits whether reading and writing wait until they can be done
     */
    static Opened open(String name, boolean waits) {
        try (Arena local = Arena.ofConfined()) {
            long pointer = local.allocate(JAVA_LONG).address();
            long device = local.allocateFrom("default").address();
            int code = call(() -> (int) AlsaLibrary.OPEN.invokeExact(pointer, device, AlsaLibrary.OPEN_DUPLEX,
                    waits ? 0 : AlsaLibrary.OPEN_NONBLOCK));
            return code < 0
                    ? new Opened(null, code)
                    : new Opened(new AlsaClient(AlsaEvent.MEMORY.get(JAVA_LONG, pointer), name), 0);
        }
    }

    /** What libasound knows it by. */
    long handle() {
        return handle;
    }

    /** Its number among the sequencer's clients. */
    int id() {
        return id;
    }

    String name() {
        return name;
    }

    /** How many events may wait in each direction. */
    void pools(int out, int in) {
        check("snd_seq_set_client_pool_output", call(() -> (int) AlsaLibrary.SET_POOL_OUTPUT.invokeExact(handle, out)));
        check("snd_seq_set_client_pool_input", call(() -> (int) AlsaLibrary.SET_POOL_INPUT.invokeExact(handle, in)));
    }

    /** The ports that others may connect to, inputs first; the system's and this client's own are left out. Opens no device. */
    List<AlsaPort> ports() {
        List<AlsaPort> in = new ArrayList<>();
        List<AlsaPort> out = new ArrayList<>();
        try (Arena local = Arena.ofConfined()) {
            long clientInfo = structure(local, AlsaLibrary.CLIENT_INFO_SIZE);
            long portInfo = structure(local, AlsaLibrary.PORT_INFO_SIZE);
            set(AlsaLibrary.CLIENT_INFO_SET_CLIENT, clientInfo, -1);
            while (call(() -> (int) AlsaLibrary.QUERY_NEXT_CLIENT.invokeExact(handle, clientInfo)) >= 0) {
                int client = get(AlsaLibrary.CLIENT_INFO_CLIENT, clientInfo);
                if (client == id || client == AlsaLibrary.SYSTEM_CLIENT) {
                    continue;
                }
                String clientName = string(AlsaLibrary.CLIENT_INFO_NAME, clientInfo);
                set(AlsaLibrary.PORT_INFO_SET_CLIENT, portInfo, client);
                set(AlsaLibrary.PORT_INFO_SET_PORT, portInfo, -1);
                while (call(() -> (int) AlsaLibrary.QUERY_NEXT_PORT.invokeExact(handle, portInfo)) >= 0) {
                    int port = get(AlsaLibrary.PORT_INFO_PORT, portInfo);
                    int capability = get(AlsaLibrary.PORT_INFO_CAPABILITY, portInfo);
                    boolean hardware = has(get(AlsaLibrary.PORT_INFO_TYPE, portInfo), AlsaLibrary.TYPE_HARDWARE);
                    String fullName = clientName + ":" + string(AlsaLibrary.PORT_INFO_NAME, portInfo);
                    if (has(capability, AlsaLibrary.CAPABILITY_NO_EXPORT)) {
                        continue;
                    }
                    if (has(capability, AlsaLibrary.CAPABILITY_READ | AlsaLibrary.CAPABILITY_SUBSCRIBE_READ)) {
                        in.add(new AlsaPort(client, port, fullName, Direction.IN, hardware));
                    }
                    if (has(capability, AlsaLibrary.CAPABILITY_WRITE | AlsaLibrary.CAPABILITY_SUBSCRIBE_WRITE)) {
                        out.add(new AlsaPort(client, port, fullName, Direction.OUT, hardware));
                    }
                }
            }
        }
        in.addAll(out);
        return in;
    }

    /** A port of this client that others can connect to; what comes in is stamped by the queue. */
    int createPort(String shortName, Direction direction, int queue) {
        return createPort(shortName, direction == Direction.IN
                ? AlsaLibrary.CAPABILITY_WRITE | AlsaLibrary.CAPABILITY_SUBSCRIBE_WRITE
                : AlsaLibrary.CAPABILITY_READ | AlsaLibrary.CAPABILITY_SUBSCRIBE_READ, queue);
    }

    /** A port for this client's own use, which other programs do not see. */
    int createPrivatePort(String shortName) {
        return createPort(shortName, AlsaLibrary.CAPABILITY_WRITE | AlsaLibrary.CAPABILITY_NO_EXPORT, -1);
    }

    private int createPort(String shortName, int capability, int queue) {
        try (Arena local = Arena.ofConfined()) {
            long info = structure(local, AlsaLibrary.PORT_INFO_SIZE);
            long text = local.allocateFrom(shortName).address();
            call(() -> {
                AlsaLibrary.PORT_INFO_SET_NAME.invokeExact(info, text);
                return true;
            });
            set(AlsaLibrary.PORT_INFO_SET_CAPABILITY, info, capability);
            set(AlsaLibrary.PORT_INFO_SET_TYPE, info,
                    AlsaLibrary.TYPE_MIDI_GENERIC | AlsaLibrary.TYPE_SOFTWARE | AlsaLibrary.TYPE_APPLICATION);
            if (queue >= 0) {
                set(AlsaLibrary.PORT_INFO_SET_TIMESTAMPING, info, 1);
                set(AlsaLibrary.PORT_INFO_SET_TIMESTAMP_REAL, info, 1);
                set(AlsaLibrary.PORT_INFO_SET_TIMESTAMP_QUEUE, info, queue);
            }
            check("making the port " + name + ":" + shortName,
                    call(() -> (int) AlsaLibrary.CREATE_PORT.invokeExact(handle, info)));
            return get(AlsaLibrary.PORT_INFO_PORT, info);
        }
    }

    /** Connects one of this client's ports with another's; returns 0, or a negative code. To be connected already is no failure. */
    int connect(int own, AlsaPort other) {
        int code = other.direction() == Direction.IN
                ? connectFrom(own, other.client(), other.port())
                : call(() -> (int) AlsaLibrary.CONNECT_TO.invokeExact(handle, own, other.client(), other.port()));
        return code == AlsaLibrary.EBUSY && isConnected(own, other) ? 0 : code;
    }

    int connectFrom(int own, int client, int port) {
        return call(() -> (int) AlsaLibrary.CONNECT_FROM.invokeExact(handle, own, client, port));
    }

    private boolean isConnected(int own, AlsaPort other) {
        try (Arena local = Arena.ofConfined()) {
            long subscription = structure(local, AlsaLibrary.SUBSCRIPTION_SIZE);
            long mine = local.allocateFrom(JAVA_BYTE, (byte) id, (byte) own).address();
            long its = local.allocateFrom(JAVA_BYTE, (byte) other.client(), (byte) other.port()).address();
            boolean in = other.direction() == Direction.IN;
            return call(() -> {
                AlsaLibrary.SUBSCRIPTION_SET_SENDER.invokeExact(subscription, in ? its : mine);
                AlsaLibrary.SUBSCRIPTION_SET_DEST.invokeExact(subscription, in ? mine : its);
                return (int) AlsaLibrary.GET_SUBSCRIPTION.invokeExact(handle, subscription);
            }) >= 0;
        }
    }

    /** Wakes the thread that reads for this client; it sees an event to one of its own ports. */
    void wake(int port) {
        try (Arena local = Arena.ofConfined()) {
            long event = local.allocate(AlsaEvent.BYTES, 8).address();
            AlsaEvent.encodeWake(event, id, port);
            check("waking the reader", call(() -> (int) AlsaLibrary.OUTPUT_DIRECT.invokeExact(handle, event)));
        }
    }

    /** Native memory that lives as long as the client. */
    long allocate(long bytes) {
        return arena.allocate(bytes, 8).address();
    }

    /** A string in memory that lives as long as the client. */
    long text(String value) {
        return arena.allocateFrom(value).address();
    }

    /** Leaves the sequencer: its ports, queue and what waits in it are gone. Nobody may be reading or writing any more. */
    @Override
    public void close() {
        call(() -> (int) AlsaLibrary.CLOSE.invokeExact(handle)); // always 0 for the kernel's sequencer, and nothing could be done
        arena.close();
    }

    /** The code, if it is no failure. */
    static int check(String what, int code) {
        if (code < 0) {
            throw new UserError("ALSA: " + what + " failed: " + AlsaLibrary.errorText(code));
        }
        return code;
    }

    /** An empty structure of the library's, whose size only the library knows. */
    static long structure(Arena arena, MethodHandle size) {
        return arena.allocate(call(() -> (long) size.invokeExact()), 8).address();
    }

    /** The same in memory that lives as long as the client. */
    long structure(MethodHandle size) {
        return structure(arena, size);
    }

    /** Calls a setter for a number. */
    static void set(MethodHandle setter, long structure, int value) {
        call(() -> {
            setter.invokeExact(structure, value);
            return true;
        });
    }

    private static int get(MethodHandle getter, long structure) {
        return call(() -> (int) getter.invokeExact(structure));
    }

    private static String string(MethodHandle getter, long structure) {
        MemorySegment text = call(() -> (MemorySegment) getter.invokeExact(structure));
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static boolean has(int bits, int wanted) {
        return (bits & wanted) == wanted;
    }
}

package tapkit.port.coremidi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import tapkit.port.MidiReceiver;
import tapkit.port.TimedOutput;

/**
 * tapkit's own ports on macOS, which other programs see: a destination "tapkit pad in" that they send to, and a source "tapkit drums
 * out" that they listen to. A source hands on at once what it is given, so the timed thread gives it each message at its time.
 * <b>Written after Apple's headers and not run anywhere yet</b>; what is not system calls is tested.
 */
@SuppressWarnings("restricted") // being called by native code is what this class is for
final class VirtualPorts implements AutoCloseable {
    private static final String PAD_IN = "tapkit pad in";
    private static final String DRUMS_OUT = "tapkit drums out";
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private final Arena arena = Arena.ofShared();
    private final HostTime time;
    private final MidiReceiver receiver;
    private final int client;
    private final TimedOutput output;

    /** @throws IllegalStateException if CoreMIDI refuses; says at what and with which code */
    static VirtualPorts open(MidiReceiver receiver) {
        try {
            return new VirtualPorts(receiver);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("CoreMIDI's functions throw nothing", e);
        }
    }

    private VirtualPorts(MidiReceiver receiver) throws Throwable {
        this.receiver = receiver;
        time = CoreMidiLibrary.hostTime();
        MemorySegment created = arena.allocate(JAVA_INT);
        check("MIDIClientCreate", (int) CoreMidiLibrary.CLIENT_CREATE.invokeExact(CoreMidiLibrary.string("tapkit"),
                MemorySegment.NULL, MemorySegment.NULL, created));
        client = created.get(JAVA_INT, 0);
        MemorySegment read = Linker.nativeLinker().upcallStub(
                MethodHandles.lookup().findVirtual(VirtualPorts.class, "read", MethodType.methodType(void.class,
                        MemorySegment.class, MemorySegment.class, MemorySegment.class)).bindTo(this),
                FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS), arena);
        check("MIDIDestinationCreate", (int) CoreMidiLibrary.DESTINATION_CREATE.invokeExact(client,
                CoreMidiLibrary.string(PAD_IN), read, MemorySegment.NULL, created));
        check("MIDISourceCreate", (int) CoreMidiLibrary.SOURCE_CREATE.invokeExact(client,
                CoreMidiLibrary.string(DRUMS_OUT), created));
        int source = created.get(JAVA_INT, 0);
        MemorySegment list = arena.allocate(Packets.ONE_BYTES, 4);
        output = new TimedOutput(DRUMS_OUT, message -> send(source, list, message));
    }

    /** Whether a device of this name is none, but a port that a tapkit has made: macOS lists them among all others. */
    static boolean isOwn(String deviceName) {
        return deviceName.contains(PAD_IN) || deviceName.contains(DRUMS_OUT);
    }

    private void send(int source, MemorySegment list, int message) {
        try {
            Packets.writeOne(list, message, time.ticks(System.nanoTime()));
            check("MIDIReceived", (int) CoreMidiLibrary.RECEIVED.invokeExact(source, list));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("CoreMIDI's functions throw nothing", e);
        }
    }

    /** {@code MIDIReadProc}, called on CoreMIDI's own thread of high priority. */
    void read(MemorySegment list, MemorySegment unused, MemorySegment alsoUnused) {
        try {
            Packets.read(list.reinterpret(Long.MAX_VALUE), ARM, time, System.nanoTime(), receiver);
        } catch (RuntimeException e) {
            // An exception that left an upcall would end the whole program; a list that cannot be read is dropped.
        }
    }

    TimedOutput drums() {
        return output;
    }

    private static void check(String what, int code) {
        if (code != 0) {
            throw new IllegalStateException(what + " failed with code " + code);
        }
    }

    /** Ends what sounds and takes the ports away. */
    @Override
    public void close() {
        output.close();
        try {
            int code = (int) CoreMidiLibrary.CLIENT_DISPOSE.invokeExact(client);
            if (code == 0) {
                arena.close(); // else it may still call: rather keep the memory
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("CoreMIDI's functions throw nothing", e);
        }
    }
}

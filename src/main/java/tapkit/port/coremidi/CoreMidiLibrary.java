package tapkit.port.coremidi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tapkit.port.NativeLibrary;

/** CoreMIDI's functions, by their C names. Loading this class needs macOS: see {@link Library}. Not run anywhere yet. */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class CoreMidiLibrary {
    private static final int UTF_8 = 0x08000100;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Arena FOREVER = Arena.global();

    static final MethodHandle CLIENT_CREATE = midi("MIDIClientCreate",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle CLIENT_DISPOSE = midi("MIDIClientDispose", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle SOURCE_CREATE = midi("MIDISourceCreate",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle DESTINATION_CREATE = midi("MIDIDestinationCreate",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle RECEIVED = midi("MIDIReceived", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle STRING_CREATE = LINKER.downcallHandle(
            Library.FOUNDATION.orElseThrow().findOrThrow("CFStringCreateWithCString"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle TIMEBASE = system("mach_timebase_info", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle ABSOLUTE_TIME = system("mach_absolute_time", FunctionDescriptor.of(JAVA_LONG));

    private CoreMidiLibrary() {
    }

    private static MethodHandle midi(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(Library.MIDI.orElseThrow().findOrThrow(name), type);
    }

    private static MethodHandle system(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }

    /** A string as macOS has them; it is never freed, for there are two. */
    static MemorySegment string(String text) throws Throwable {
        return (MemorySegment) STRING_CREATE.invokeExact(MemorySegment.NULL, FOREVER.allocateFrom(text), UTF_8);
    }

    /** How the host's clock goes against nanoTime. */
    static HostTime hostTime() throws Throwable {
        MemorySegment info = FOREVER.allocate(JAVA_INT, 2);
        int failed = (int) TIMEBASE.invokeExact(info);
        if (failed != 0) {
            throw new IllegalStateException("mach_timebase_info: " + failed);
        }
        HostTime raw = new HostTime(info.getAtIndex(JAVA_INT, 0), info.getAtIndex(JAVA_INT, 1), 0);
        long before = System.nanoTime();
        long ticks = (long) ABSOLUTE_TIME.invokeExact();
        long after = System.nanoTime();
        return new HostTime(raw.numerator(), raw.denominator(), before + (after - before) / 2 - raw.nanos(ticks));
    }

    /** Where the frameworks are; empty on other systems. */
    static final class Library {
        static final Optional<SymbolLookup> MIDI = NativeLibrary.find("/System/Library/Frameworks/CoreMIDI.framework/CoreMIDI");
        static final Optional<SymbolLookup> FOUNDATION = NativeLibrary
                .find("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation");

        private Library() {
        }
    }
}

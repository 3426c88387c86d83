package tapkit.port.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import tapkit.port.PortInfo.Direction;

/** A program that sends somebody a system-exclusive message in one piece, as librarians of patches do. */
public final class LongSysex {
    private static final byte SYSEX = (byte) 130;
    private static final byte VARIABLE_LENGTH = 1 << 2;
    private static final byte NO_QUEUE = (byte) 253;

    private LongSysex() {
    }

    /**
     * Sends one to a port.
     *
     * @param port part of its name
     * @return whether the kernel took it
     */
    public static boolean send(String port, int bytes) {
        try (AlsaClient client = AlsaBackend.client("librarian", true); Arena arena = Arena.ofConfined()) {
            AlsaPort to = client.ports().stream().filter(p -> p.direction() == Direction.OUT && p.name().contains(port))
                    .findFirst().orElseThrow();
            MemorySegment message = arena.allocate(bytes);
            message.set(JAVA_BYTE, 0, (byte) 0xF0);
            message.set(JAVA_BYTE, bytes - 1, (byte) 0xF7);
            MemorySegment event = arena.allocate(AlsaEvent.BYTES, 8);
            event.set(JAVA_BYTE, 0, SYSEX);
            event.set(JAVA_BYTE, 1, VARIABLE_LENGTH);
            event.set(JAVA_BYTE, 3, NO_QUEUE);
            event.set(JAVA_BYTE, 13, (byte) client.createPort("out", Direction.OUT, -1));
            AlsaEvent.to(event.address(), to.client(), to.port());
            event.set(JAVA_INT, 16, bytes);
            event.set(JAVA_LONG_UNALIGNED, 20, message.address());
            return AlsaLibrary.call(() -> (int) AlsaLibrary.OUTPUT_DIRECT.invokeExact(client.handle(), event.address())) >= 0;
        }
    }
}

package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;

/**
 * An input port: hands the short messages of a period to its receiver, each with the time of its frame. Since a period is handed over
 * when it begins, that time may be up to a period ahead of the clock.
 */
final class JackInput {
    /** {@code jack_midi_event_t}: uint32 time; size_t size; jack_midi_data_t *buffer. */
    static final long EVENT_BYTES = 24;
    private static final long SIZE = 8;
    private static final long DATA = 16;

    private final long port;
    private final long event;
    private final MidiReceiver receiver;

    /**
     * @param port  JACK's handle
     * @param event {@link #EVENT_BYTES} of native memory that outlive the port
     */
    JackInput(long port, long event, MidiReceiver receiver) {
        this.port = port;
        this.event = event;
        this.receiver = receiver;
    }

    /** Reads the messages of one period. */
    void process(int frames, CycleTime time) throws Throwable {
        long buffer = (long) JackLibrary.PORT_BUFFER.invokeExact(port, frames);
        if (buffer == 0) {
            return;
        }
        int count = (int) JackLibrary.MIDI_COUNT.invokeExact(buffer);
        for (int i = 0; i < count; i++) {
            int failed = (int) JackLibrary.MIDI_GET.invokeExact(event, buffer, i);
            if (failed != 0) {
                continue; // what it did not write must not be read
            }
            long size = JackLibrary.MEMORY.get(JAVA_LONG, event + SIZE);
            long data = JackLibrary.MEMORY.get(JAVA_LONG, event + DATA);
            int message = 0;
            for (int b = 0; b < size && b < 3; b++) {
                message |= (JackLibrary.MEMORY.get(JAVA_BYTE, data + b) & 0xFF) << (8 * b);
            }
            if (size == MidiMessage.length(message)) { // system-exclusive messages and fragments are not
                receiver.receive(message, time.nanosAt(JackLibrary.MEMORY.get(JAVA_INT, event)));
            }
        }
    }
}

package tapkit.port.jack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tapkit.UserError;
import tapkit.port.InputRouter;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackProcess.Ports;

/**
 * Runs the whole process callback until it is compiled, because a cold one misses its period. It is a client of its own with ports that
 * are connected to each other, gone before the real ones appear, so no message of it can reach a receiver or another program. It
 * ends when the callback has been quick for a while: after a third of a second on an idle machine, after two seconds at the latest.
 */
final class JackWarmUp {
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2000);
    /** Turns in which all happens that can happen. */
    private static final int ROUND = 80;
    private static final int LEAST_ROUNDS = 3;

    private JackWarmUp() {
    }

    /**
     * Does so.
     *
     * @param opener makes a client; empty where no server is
     */
    static void run(Supplier<Optional<JackClient>> opener, JackProcess process, JackCallbacks callbacks) {
        JackClient client = opener.get().orElseThrow(() -> new UserError("JACK: the server has gone"));
        try {
            run(client, process, callbacks);
        } finally {
            process.detach();
            client.close();
        }
    }

    private static void run(JackClient client, JackProcess process, JackCallbacks callbacks) {
        process.attach(client);
        long in = client.register("warm-up in", JackLibrary.PORT_IS_INPUT);
        long out = client.register("warm-up out", JackLibrary.PORT_IS_OUTPUT);
        JackOutput output = new JackOutput(process).at(out);
        client.activate(callbacks);
        process.serve(new Ports(inputs(in, client.allocate(JackInput.EVENT_BYTES)), List.of(output)));
        JackClient.check("connecting tapkit with itself",
                client.connect(client.name() + ":warm-up out", client.name() + ":warm-up in"));

        long start = System.nanoTime();
        boolean warm = false;
        for (int i = 0; !warm && System.nanoTime() - start < LIMIT_NANOS && process.isServing(); i++) {
            // All that will happen is to be seen from the start: many messages, few, and none.
            int phase = i % ROUND;
            process.warm(phase < 60);
            if (phase < 40 || (phase >= 60 && phase % 8 == 0)) {
                play(output, i, process.periodNanos());
            }
            if (i % 50 == 49) {
                output.silence();
            }
            if (i % 50 == 24) {
                output.remind();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            if (phase == ROUND - 1) {
                warm = process.isQuick() && i >= LEAST_ROUNDS * ROUND - 1;
            }
        }
        process.warm(false);
        process.serve(Ports.NONE);
        long last = process.cycles();
        process.await(() -> process.cycles() > last + 1);
        if (process.cycles() <= last + 1) {
            throw new UserError("JACK: " + process.failure().orElse(process.isGone()
                    ? "the server has gone"
                    : "the server is running but its clock stands still: restart it"));
        }
    }

    /** Messages of each length, out of order, some in time and one too late. */
    private static void play(JackOutput output, int i, long period) {
        long now = System.nanoTime();
        output.send(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, i & 127, 1), now + 3 * period);
        output.send(MidiMessage.noteOff(MidiMessage.DRUM_CHANNEL, i & 127), now + 3 * period);
        output.send(MidiMessage.CLOCK, now - period);
        output.sendNow(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, i & 127, 1), now);
        output.send(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 4, i), now + 2 * period);
    }

    /** Receivers of three kinds, so that the compiler does not take the one it has seen for the only one there will ever be. */
    private static List<JackInput> inputs(long port, long event) {
        long[] sum = new long[1];
        List<MidiReceiver> receivers = List.of((message, atNanos) -> sum[0] += message, (message, atNanos) -> sum[0] ^= atNanos,
                (message, atNanos) -> sum[0] = message * 31L + atNanos);
        List<JackInput> inputs = new ArrayList<>();
        for (MidiReceiver receiver : receivers) {
            // One with a clock port of its own, and two without.
            String clockIn = inputs.isEmpty() ? "clock" : null;
            inputs.add(new JackInput(port, event, router(clockIn, receiver).padPort(inputs.size())));
            inputs.add(new JackInput(port, event, router(clockIn, receiver).clockPort()));
        }
        return inputs;
    }

    private static InputRouter router(String clockIn, MidiReceiver receiver) {
        return new InputRouter(new PortPlan(List.of(), null, clockIn, false), receiver, receiver);
    }
}

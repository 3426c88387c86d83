package tapkit.control.osc;

import com.illposed.osc.BufferBytesReceiver;
import com.illposed.osc.OSCMessage;
import com.illposed.osc.OSCSerializeException;
import com.illposed.osc.OSCSerializer;
import com.illposed.osc.OSCSerializerAndParserBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.tinylog.Logger;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.control.Control.Kind;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.grid.Voice;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/**
 * Sends OSC of what happens, on a thread of its own: controls when they changed, hits and beats when they sound. A receiver that is not
 * there, or slow, misses what was sent; nothing waits for it.
 */
public final class OscOutput implements AutoCloseable {
    /** Beats and hits are so much late at most. */
    private static final long PERIOD_NANOS = 2_000_000;
    private static final int LONGEST = 256;
    private static final int BEATS = 4;

    /** A drum that the engine told of before it sounds. */
    private record Hit(long atNanos, int voice, int velocity) {
    }

    private final DatagramChannel channel;
    private final InetSocketAddress to;
    private final Supplier<EngineSnapshot> snapshots;
    private final ControlBoard board;
    private final PlayedFeed feed;
    private final PlayedEvent event = new PlayedEvent();
    private final PriorityQueue<Hit> hits = new PriorityQueue<>(Comparator.comparingLong(Hit::atNanos));
    private final double[] sent = new double[Knob.ALL.size()];
    private final ByteBuffer datagram = ByteBuffer.allocate(LONGEST);
    private final OSCSerializer serializer = new OSCSerializerAndParserBuilder()
            .buildSerializer(new BufferBytesReceiver(datagram));
    private final Thread thread = new Thread(this::run, "tapkit-osc-out");
    private long lastBeat;
    private boolean running;
    private boolean failed;
    private volatile boolean refresh = true;
    private volatile boolean closed;

    private OscOutput(DatagramChannel channel, InetSocketAddress to, Supplier<EngineSnapshot> snapshots, ControlBoard board,
            PlayedFeed feed) {
        this.channel = channel;
        this.to = to;
        this.snapshots = snapshots;
        this.board = board;
        this.feed = feed;
        thread.setDaemon(true);
    }

    /**
     * Sends from now on; first what everything stands at.
     *
     * @param snapshots gives the engine's state at any time, without waiting
     * @param feed      what is played; read by this alone
     * @throws UserError if there is no such host
     */
    public static OscOutput open(InetSocketAddress to, Supplier<EngineSnapshot> snapshots, ControlBoard board,
            PlayedFeed feed) {
        if (to.isUnresolved()) {
            throw new UserError(
                    "cannot send OSC to " + to.getHostString() + ": there is no such host; name another with --osc-out");
        }
        try {
            OscOutput output = new OscOutput(DatagramChannel.open(), to, snapshots, board, feed);
            output.channel.configureBlocking(false);
            output.thread.start();
            return output;
        } catch (IOException e) {
            throw new UserError("cannot send OSC: " + OutputFile.reason(e), e);
        }
    }

    /** Sends again what everything stands at. Any thread. */
    public void refresh() {
        refresh = true;
    }

    private void run() {
        while (!closed) {
            turn(System.nanoTime());
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    private void turn(long nowNanos) {
        if (refresh) {
            refresh = false;
            Arrays.fill(sent, Double.NaN);
            Knob.ALL.forEach(knob -> control(knob, board.get(knob.index())));
        }
        while (feed.poll(event)) {
            switch (event.kind) {
                case CONTROL -> control(Knob.ALL.get(event.knob), event.value);
                case DRUM -> hits.add(new Hit(event.atNanos, event.voice, event.velocity));
                case SILENCE -> {
                    long from = event.atNanos;
                    hits.removeIf(hit -> hit.atNanos() > from);
                }
                case TEMPO -> send(OscAddresses.ROOT + "tempo", (float) event.bpm);
                default -> {
                    // taps, which who tapped knows of
                }
            }
        }
        while (!hits.isEmpty() && hits.peek().atNanos() <= nowNanos) {
            Hit hit = hits.remove();
            send(OscAddresses.ROOT + "hit/" + Voice.of(hit.voice()).label(), hit.velocity());
        }
        beat(snapshots.get());
    }

    /** A value that is sent already is not sent again, so that two that echo each other come to rest. */
    private void control(Knob knob, double value) {
        if (knob.control().kind() != Kind.TRIGGER && sent[knob.index()] != value) {
            sent[knob.index()] = value;
            send(OscAddresses.of(knob), knob.control().whole() ? (Object) (int) value : (Object) (float) value);
        }
    }

    private void beat(EngineSnapshot now) {
        if (now.running() != running) {
            running = now.running();
            lastBeat = Long.MIN_VALUE;
            send(OscAddresses.ROOT + "running", running ? 1 : 0);
        }
        long beat = (long) Math.floor(now.beat());
        if (running && beat != lastBeat) {
            if (lastBeat == Long.MIN_VALUE || Math.floorDiv(beat, BEATS) != Math.floorDiv(lastBeat, BEATS)) {
                send(OscAddresses.ROOT + "bar", (int) Math.floorDiv(beat, BEATS) + 1);
            }
            send(OscAddresses.ROOT + "beat", Math.floorMod(beat, BEATS) + 1);
            lastBeat = beat;
        }
    }

    private void send(String address, Object argument) {
        try {
            datagram.clear();
            serializer.write(new OSCMessage(address, List.of(argument)));
            datagram.flip();
            channel.send(datagram, to);
        } catch (IOException | OSCSerializeException e) {
            if (!failed) {
                failed = true;
                Logger.warn("OSC to {}: {}; trying on", to, e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}

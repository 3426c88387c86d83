package tapkit.control.osc;

import com.illposed.osc.OSCBundle;
import com.illposed.osc.OSCMessage;
import com.illposed.osc.OSCPacket;
import com.illposed.osc.OSCParseException;
import com.illposed.osc.OSCParser;
import com.illposed.osc.OSCSerializerAndParserBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.control.osc.OscAddresses.Meaningless;
import tapkit.engine.EngineInput;

/**
 * Takes OSC from a UDP port, on a thread of its own. A bundle's messages are done when it comes, one after the other, whatever its time
 * tag says: a tap is now.
 */
public final class OscInput implements AutoCloseable {
    /** Longer datagrams are cut off and so are wrong; bundles within bundles cannot be deep in so few. */
    private static final int LONGEST = 4096;
    /** Causes that are logged; somebody may send what is wrong in ever new ways. */
    private static final int MOST_LOGGED = 20;

    private final DatagramChannel channel;
    private final OscAddresses addresses;
    private final OSCParser parser = new OSCSerializerAndParserBuilder().buildParser();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "tapkit-osc-in");

    private OscInput(DatagramChannel channel, OscAddresses addresses) {
        this.channel = channel;
        this.addresses = addresses;
        thread.setDaemon(true);
    }

    /**
     * Takes messages from now on.
     *
     * @param at      an address of this machine; 127.0.0.1 keeps everybody else out
     * @param refresh sends again what everything stands at
     * @throws UserError if the address is not this machine's, or taken
     */
    public static OscInput open(InetSocketAddress at, EngineInput engine, Runnable refresh) {
        try {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.bind(at);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            OscInput input = new OscInput(channel, new OscAddresses(engine, refresh));
            input.thread.start();
            return input;
        } catch (UnresolvedAddressException e) {
            throw new UserError("cannot take OSC at " + at + ": there is no such address; choose another with --osc", e);
        } catch (IOException e) {
            throw new UserError("cannot take OSC at " + at + ": " + OutputFile.reason(e) + "; choose another with --osc", e);
        }
    }

    private void run() {
        ByteBuffer datagram = ByteBuffer.allocate(LONGEST);
        while (true) {
            try {
                datagram.clear();
                channel.receive(datagram);
                long now = System.nanoTime();
                datagram.flip();
                take(parser.convert(datagram), now);
                taken.incrementAndGet();
            } catch (ClosedChannelException e) {
                return;
            } catch (Meaningless e) {
                ignore(e.getMessage());
            } catch (OSCParseException | RuntimeException e) { // JavaOSC finds some faults only by falling over them
                ignore("a datagram that is not OSC");
            } catch (IOException e) {
                ignore(OutputFile.reason(e));
            }
        }
    }

    private void take(OSCPacket packet, long now) throws Meaningless {
        if (packet instanceof OSCMessage message) {
            addresses.take(message, now);
        } else if (packet instanceof OSCBundle bundle) {
            for (OSCPacket inner : bundle.getPackets()) {
                take(inner, now);
            }
        }
    }

    private void ignore(String cause) {
        ignored.incrementAndGet();
        if (logged.size() < MOST_LOGGED && logged.add(cause)) {
            Logger.warn("OSC ignored: {}", cause);
        }
    }

    /** Datagrams that meant something. */
    public long taken() {
        return taken.get();
    }

    /** Datagrams that were wrong. */
    public long ignored() {
        return ignored.get();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

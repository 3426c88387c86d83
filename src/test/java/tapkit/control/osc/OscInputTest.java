package tapkit.control.osc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tapkit.UserError;
import tapkit.engine.EngineInput;
import tapkit.engine.SpokenInput;

class OscInputTest {
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final EngineInput engine = new SpokenInput(done::add);
    private DatagramSocket peer;
    private InetSocketAddress at;
    private OscInput input;

    @BeforeEach
    void open() throws IOException {
        peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            at = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        input = OscInput.open(at, engine, () -> done.add("refresh"));
    }

    @AfterEach
    void close() throws IOException {
        input.close();
        peer.close();
    }

    private void send(byte[] datagram) throws IOException {
        peer.send(new DatagramPacket(datagram, datagram.length, at));
    }

    private String next() throws InterruptedException {
        return done.poll(10, TimeUnit.SECONDS);
    }

    /** A string of OSC: ended by 1 to 4 zeros, so that its length is a multiple of four. */
    private static byte[] padded(String text) {
        return ByteBuffer.allocate(text.length() / 4 * 4 + 4).put(text.getBytes(US_ASCII)).array();
    }

    private static byte[] message(String address, float value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(padded(address));
        bytes.write(padded(",f"));
        bytes.write(ByteBuffer.allocate(4).putFloat(value).array());
        return bytes.toByteArray();
    }

    private static byte[] bundle(long timeTag, byte[]... elements) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(padded("#bundle"));
        bytes.write(ByteBuffer.allocate(8).putLong(timeTag).array());
        for (byte[] element : elements) {
            bytes.write(ByteBuffer.allocate(4).putInt(element.length).array());
            bytes.write(element);
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldTakeMessages() throws Exception {
        send(message("/tapkit/temperature", 0.5f));
        send(message("/tapkit/tap", 1));
        send(padded("/tapkit/fill")); // without type tags, as old senders do
        assertThat(next()).isEqualTo("temperature SET 0.5");
        assertThat(next()).isEqualTo("tap 127");
        assertThat(next()).isEqualTo("fill SET 1.0");
    }

    @Test
    void shouldDoABundleAtOnceAndInOrderWhateverItsTimeTag() throws Exception {
        long inAYear = (System.currentTimeMillis() / 1000 + 2_208_988_800L + 31_536_000L) << 32;
        send(bundle(inAYear, message("/tapkit/density", 50), bundle(1, message("/tapkit/tap", 1)), message("/tapkit/bpm", 99)));
        assertThat(next()).isEqualTo("density SET 50.0");
        assertThat(next()).isEqualTo("tap 127");
        assertThat(next()).isEqualTo("bpm SET 99.0");
    }

    @Test
    void shouldCountAndIgnoreWhatIsWrong() throws Exception {
        send(new byte[0]);
        send("hello".getBytes(US_ASCII));
        send(message("/tapkit/temperature", 7));
        send(message("/elsewhere", 7));
        send(new byte[6000]);
        send(message("/tapkit/bpm", 100));
        send(message("/tapkit/bpm", 101));
        assertThat(next()).isEqualTo("bpm SET 100.0");
        assertThat(next()).isEqualTo("bpm SET 101.0");
        assertThat(input.ignored()).isEqualTo(5);
        assertThat(input.taken()).isBetween(1L, 2L); // each is counted once it has been done
    }

    @Test
    void shouldSurviveAnything() throws Exception {
        Random random = new Random(3);
        byte[] valid = bundle(1, message("/tapkit/level/kick", 100), bundle(1, message("/tapkit/tap", 1)));
        for (int i = 0; i < 3000; i++) {
            byte[] datagram = valid.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
            }
            send(datagram);
        }
        byte[] deep = message("/tapkit/tap", 1);
        while (deep.length < 4000) {
            deep = bundle(1, deep);
        }
        send(deep);
        for (String said = ""; !"bpm SET 77.0".equals(said);) { // a full buffer of the system loses some
            send(message("/tapkit/bpm", 77));
            said = done.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(input.ignored()).isPositive();
    }

    @Test
    void shouldSayThatAnAddressIsTakenOrNotThere() {
        assertThatThrownBy(() -> OscInput.open(at, engine, () -> {
        })).isInstanceOf(UserError.class).hasMessageContaining("--osc").hasMessageContaining("" + at.getPort());
        assertThatThrownBy(() -> OscInput.open(InetSocketAddress.createUnresolved("no-such-host.invalid", 9000), engine, () -> {
        })).isInstanceOf(UserError.class).hasMessageContaining("no-such-host");
    }
}

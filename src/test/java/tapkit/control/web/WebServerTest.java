package tapkit.control.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.UserError;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent;

class WebServerTest {
    /** Seconds until something is taken to be missing, on a machine that has other things to do. */
    private static final int PATIENCE = 30;
    private final TestEngine engine = new TestEngine();
    private final HttpClient http = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() {
        server = WebServer.start(OptionalInt.of(0), engine.sources());
    }

    @AfterEach
    void stop() {
        server.close();
        http.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main.js", "kit.js", "style.css", "widgets.js", "icon.svg"})
    void shouldServeThePageWithAStrictPolicy(String part) throws Exception {
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(server.uri().resolve(part)).build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy")).get().asString().startsWith("default-src 'none'")
                .contains("script-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void shouldServeNothingElse() throws Exception {
        for (String path : List.of("/nothing", "/../tinylog.properties", "/%2e%2e/tinylog.properties",
                "/tapkit/cli/Main.class")) {
            assertThat(status(path, "Host: 127.0.0.1:" + port())).as(path).isIn(400, 404);
        }
    }

    @Test
    void shouldListenOnLoopbackOnly() throws Exception {
        assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
        InetAddress own = InetAddress.getLocalHost();
        if (!own.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(own, port()).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldAnswerToItsOwnNamesOnly() throws Exception {
        assertThat(status("/", "Host: 127.0.0.1:" + port())).isEqualTo(200);
        assertThat(status("/", "Host: localhost:" + port())).isEqualTo(200);
        assertThat(status("/", "Host: evil.example:" + port())).isEqualTo(403);
        assertThat(status("/", "Host: 127.0.0.1")).isEqualTo(403);
        assertThat(status("/", "Host: 127.0.0.1:" + port(), "Origin: http://127.0.0.1:" + port())).isEqualTo(200);
        assertThat(status("/", "Host: 127.0.0.1:" + port(), "Origin: http://evil.example")).isEqualTo(403);
        assertThat(status("/", "Host: 127.0.0.1:" + port(), "Origin: null")).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", ""})
    void shouldRefuseAWebSocketOfAnotherOrigin(String origin) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        assertThatThrownBy(() -> builder.buildAsync(socketUri(), new Page()).get(PATIENCE, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause().isInstanceOfSatisfying(WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void shouldRefuseAWebSocketOfAnotherHost() throws Exception {
        assertThat(status("/ws", "Host: evil.example:" + port(), "Origin: http://evil.example:" + port(), "Upgrade: websocket",
                "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo(403);
    }

    @Test
    void shouldAskForTheTokenElsewhere() throws Exception {
        String token = "0123456789abcdef0123456789abcdef";
        WebAddress all = new WebAddress(InetAddress.getByName("0.0.0.0"), OptionalInt.of(0), Optional.of(token));
        try (WebServer open = WebServer.start(all, engine.sources())) {
            int at = open.uri().getPort();
            String host = "127.0.0.1:" + at;
            assertThat(open.uri().toString()).endsWith("/?token=" + token);
            assertThat(status(at, "/", "Host: " + host)).isEqualTo(401);
            assertThat(status(at, "/main.js", "Host: " + host)).isEqualTo(401);
            assertThat(status(at, "/?token=" + token.replace('0', '1'), "Host: " + host)).isEqualTo(401);
            assertThat(status(at, "/?token=" + token, "Host: evil.example:" + at)).as("a name that is not ours").isEqualTo(403);
            assertThat(status(at, "/main.js", "Host: " + host, "Cookie: tapkit-token=" + token)).isEqualTo(200);

            HttpResponse<String> entered = http.send(HttpRequest.newBuilder(open.uri()).build(), BodyHandlers.ofString());
            assertThat(entered.statusCode()).isEqualTo(303);
            assertThat(entered.headers().firstValue("Location")).get().asString().doesNotContain("token").endsWith("/");
            assertThat(entered.headers().firstValue("Set-Cookie")).get().asString().contains("tapkit-token=" + token,
                    "HttpOnly");

            assertThat(upgrade(at, host, "http://" + host, "")).as("without token").isEqualTo(401);
            assertThat(upgrade(at, host, "http://" + host, "tapkit-token=x")).as("with another").isEqualTo(401);
            assertThat(upgrade(at, host, "http://evil.example", "tapkit-token=" + token)).as("for another page").isEqualTo(403);
            assertThat(upgrade(at, host, "http://" + host, "tapkit-token=" + token)).isEqualTo(101);
        }
    }

    @Test
    void shouldNotServeOtherMachinesWithoutAToken() throws Exception {
        InetAddress all = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> new WebAddress(all, OptionalInt.of(0), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebAddress.ofThisMachine("192.0.2.1")).isInstanceOf(UserError.class)
                .hasMessageContaining("--listen is 192.0.2.1").hasMessageContaining("127.0.0.1");
        assertThat(WebAddress.ofThisMachine("0.0.0.0")).isEqualTo(all);
    }

    @Test
    void shouldKeepATokenForItsOwnerAlone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/page-token");
        String token = PageToken.kept(file);

        assertThat(token).matches("[0-9a-f]{32}");
        assertThat(PageToken.kept(file)).isEqualTo(token);
        assertThat(PageToken.kept(folder.resolve("other"))).isNotEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> PageToken.kept(file)).isInstanceOf(UserError.class).hasMessageContaining("remove it");
    }

    @Test
    void shouldHandOnTapsWithTheirTime() throws Exception {
        Page page = open();
        long before = System.nanoTime();
        page.say("{\"t\":\"ping\",\"p\":5}");
        JsonNode pong = page.next("pong");
        page.say("{\"t\":\"tap\",\"v\":77,\"at\":" + (pong.path("s").doubleValue() - 40) + "}");
        TestEngine.Pad pad = engine.pads.poll(PATIENCE, SECONDS);

        assertThat(pong.path("p").doubleValue()).isEqualTo(5);
        assertThat(MidiMessage.kind(pad.message())).isEqualTo(MidiMessage.NOTE_ON);
        assertThat(MidiMessage.data2(pad.message())).isEqualTo(77);
        assertThat(pad.atNanos()).isBetween(before - 41_000_000L, System.nanoTime() - 40_000_000L);
    }

    @Test
    void shouldBoundTheTimesOfTaps() throws Exception {
        Page page = open();
        long before = System.nanoTime();
        page.say("{\"t\":\"tap\",\"v\":1,\"at\":1e12}");
        page.say("{\"t\":\"tap\",\"v\":2,\"at\":-1e12}");
        page.say("{\"t\":\"tap\",\"v\":3}");

        assertThat(engine.pads.poll(PATIENCE, SECONDS).atNanos()).isBetween(before, System.nanoTime());
        assertThat(engine.pads.poll(PATIENCE, SECONDS).atNanos()).isBetween(before - 250_000_000L,
                System.nanoTime() - 250_000_000L);
        assertThat(engine.pads.poll(PATIENCE, SECONDS).atNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void shouldHandOnControlsAndIgnoreNonsense() throws Exception {
        Page page = open();
        page.say("{\"t\":\"set\",\"c\":\"BPM\",\"v\":9999}");
        page.say("nonsense");
        page.say("{\"t\":\"tap\"}");
        page.say("{\"t\":\"set\",\"c\":\"BPM\",\"v\":93.5}");
        page.say("{\"t\":\"set\",\"c\":\"PANIC\"}");

        TestEngine.Turn tempo = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(tempo.control()).isEqualTo(Control.BPM);
        assertThat(tempo.value()).isEqualTo(93.5);
        assertThat(engine.turns.poll(PATIENCE, SECONDS).control()).isEqualTo(Control.PANIC);
        assertThat(engine.pads).isEmpty();
    }

    @Test
    void shouldEndAConnectionThatSendsTooLongAMessage() throws Exception {
        Page page = open();
        page.say("{\"t\":\"ping\",\"p\":" + "1".repeat(2000) + "}");
        assertThat(page.closed.get(PATIENCE, SECONDS)).isEqualTo(1009);
    }

    @Test
    void shouldIgnoreTapsBeyondWhatHandsCan() throws Exception {
        PageClient client = new PageClient(null);
        long start = System.nanoTime();
        assertThat(IntStream.range(0, 1000).filter(i -> client.mayReceive(start + i * 900_000L)).count())
                .as("of 1000 in a second").isEqualTo(200);
        assertThat(client.mayReceive(start + 1_000_000_000L)).as("in the next second").isTrue();

        Page page = open();
        for (int i = 0; i < 1000; i++) {
            page.say("{\"t\":\"tap\",\"v\":9}");
        }
        Page other = open();
        other.say("{\"t\":\"set\",\"c\":\"STOP\"}");
        assertThat(engine.turns.poll(PATIENCE, SECONDS)).as("another page is heard meanwhile").isNotNull();
    }

    @Test
    void shouldTellWhatControlsStandAtHoweverOftenTheyAreTurned() throws Exception {
        engine.board.set(Knob.index(Control.LEVEL, 2), 40);
        Page page = open();
        JsonNode list = page.next("controls").path("list");
        assertThat(list).hasSize(Control.values().length);
        JsonNode level = list.get(Control.LEVEL.ordinal());
        assertThat(level.path("c").asText()).isEqualTo("LEVEL");
        assertThat(level.path("kind").asText()).isEqualTo("continuous");
        assertThat(level.path("unit").asText()).isEqualTo("%");
        assertThat(level.path("most").doubleValue()).isEqualTo(200);
        assertThat(level.path("v").get(2).doubleValue()).isEqualTo(40);
        assertThat(list.get(Control.MODE.ordinal()).path("choices").get(2).asText()).isEqualTo("loop");

        for (int i = 0; i <= 100_000; i++) {
            engine.board.set(Knob.index(Control.MORPH, 0), i % 101 == 100 ? 50 : i % 101);
        }
        engine.board.set(Knob.index(Control.MORPH, 0), 77);
        int messages = 1;
        while (page.next("control").path("v").doubleValue() != 77) {
            messages++;
        }
        assertThat(messages).as("messages for 100000 turns").isLessThan(1000);
        page.say("{\"t\":\"set\",\"c\":\"MUTE\",\"i\":3,\"how\":\"toggle\"}");
        JsonNode mute = page.next("control");
        assertThat(mute.toString()).isEqualTo("{\"t\":\"control\",\"c\":\"MUTE\",\"i\":3,\"v\":1.0}");
        page.say("{\"t\":\"set\",\"c\":\"FILL\"}");
        assertThat(page.next("control").path("c").asText()).as("a button that was pressed").isEqualTo("FILL");
        assertThat(open().next("controls").path("list").get(Control.FILL.ordinal()).path("v").get(0).intValue())
                .as("no button is pressed when a page opens").isZero();
    }

    @Test
    void shouldTellBindingsAndHistogramsAndRemoveABinding() throws Exception {
        int fill = Knob.of(Control.FILL).index();
        engine.bindings = List.of(
                new Binding(Binding.Source.CC, 9, 64, Knob.of(Control.FILL), Binding.Action.MOMENTARY, 0));
        engine.lateness.record(1_500_000);
        Page page = open();
        assertThat(page.next("bindings").toString())
                .isEqualTo("{\"t\":\"bindings\",\"list\":[{\"k\":" + fill + ",\"by\":\"CC 64, channel 10\"}]}");
        JsonNode timing = page.next("timing").path("list").get(0);
        assertThat(timing.path("name").asText()).isEqualTo("Drums late");
        assertThat(timing.path("max").doubleValue()).isCloseTo(1.5, within(0.01));
        assertThat(timing.path("n").get(7).intValue()).as("from 1 to 2 ms: %s", timing).isEqualTo(1);

        page.say("{\"t\":\"unbind\",\"k\":" + fill + "}");
        JsonNode bindings = page.next("bindings");
        while (!bindings.path("list").isEmpty()) {
            bindings = page.next("bindings");
        }
        assertThat(engine.bindings).isEmpty();
    }

    @Test
    void shouldTellWhatIsPlayed() throws Exception {
        Page page = open();
        long atNanos = System.nanoTime() + 60_000_000L;
        page.say("{\"t\":\"ping\",\"p\":0}");
        double serverMillis = page.next("pong").path("s").doubleValue();
        engine.play(PlayedEvent.Kind.TAP, -1, 38, 92, atNanos);
        engine.play(PlayedEvent.Kind.DRUM, 2, 42, 81, atNanos);

        List<JsonNode> events = new ArrayList<>();
        while (events.size() < 2) {
            page.next("played").path("e").forEach(events::add);
        }
        assertThat(events.get(0).get(0).asText()).isEqualTo("tap");
        assertThat(events.get(1).toString()).startsWith("[\"drum\",2,42,81,").endsWith(",0.0,120.0]");
        assertThat(events.get(1).get(4).doubleValue()).isCloseTo(serverMillis + 60, within(1000.0)).isGreaterThan(59.9);
    }

    @Test
    void shouldTellTheState() throws Exception {
        Page page = open();
        JsonNode first = page.next("state");
        JsonNode last = first;
        for (int i = 0; i < 10; i++) {
            last = page.next("state");
        }

        assertThat(last.path("at").doubleValue() - first.path("at").doubleValue()).as("ms for ten").isGreaterThan(250);
        assertThat(first.path("bpm").doubleValue()).isEqualTo(120);
        assertThat(first.path("answered").intValue()).isEqualTo(5);
        assertThat(first.path("lost").intValue()).as("lost by the engine and by the feed").isEqualTo(10);
        assertThat(first.path("inference").doubleValue()).isEqualTo(1500);
    }

    @Test
    void shouldTellWhenTheInfoChanges() throws Exception {
        Page page = open();
        assertThat(page.next("info").path("ports").asText()).isEqualTo("no MIDI ports");
        engine.info = new PageInfo("jack", "tap2drum", "take.mid");
        JsonNode next = page.next("info");
        while (!next.path("ports").asText().equals("jack")) {
            next = page.next("info");
        }
        assertThat(next.path("recording").asText()).isEqualTo("take.mid");
    }

    @Test
    void shouldGoOnAfterAFailure() throws Exception {
        Page page = open();
        page.next("state");
        engine.broken = true;
        Thread.sleep(100);
        engine.info = new PageInfo("back", "tap2drum", "");
        engine.broken = false;
        JsonNode next = page.next("info");
        while (!next.path("ports").asText().equals("back")) {
            next = page.next("info");
        }
        page.next("state");
    }

    @Test
    void shouldRefuseOneClientTooMany() throws Exception {
        for (int i = 0; i < Broadcaster.MOST_CLIENTS; i++) {
            open().next("state");
        }
        assertThat(open().closed.get(PATIENCE, SECONDS)).isEqualTo(1013);
    }

    @Test
    void shouldGiveUpAPageThatDoesNotRead() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(1024);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            deaf.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\nOrigin: http://127.0.0.1:" + port()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(ISO_8859_1));
            Page reading = open();
            long deadline = System.nanoTime() + SECONDS.toNanos(60);
            while (server.clientCount() < 2 && System.nanoTime() < deadline) {
                reading.next("state");
            }
            int sent = 0;
            while (server.clientCount() > 1 && System.nanoTime() < deadline) {
                for (int i = 0; i < 256; i++) {
                    engine.play(PlayedEvent.Kind.DRUM, 0, 36, 100, System.nanoTime());
                }
                sent += 256;
                int seen = 0;
                while (seen < 256) {
                    seen += reading.next("played").path("e").size();
                }
            }
            assertThat(server.clientCount()).as("connections after %d events", sent).isEqualTo(1);
            reading.next("state");
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OptionalInt port = OptionalInt.of(taken.getLocalPort());
            assertThatThrownBy(() -> WebServer.start(port, engine.sources()))
                    .isInstanceOf(UserError.class).hasMessageContaining("port " + port.getAsInt())
                    .hasMessageContaining("--web-port")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldTakeAnotherPortWhereNoneWasAskedFor() {
        try (WebServer first = WebServer.start(OptionalInt.empty(), engine.sources());
                WebServer second = WebServer.start(OptionalInt.empty(), engine.sources())) {
            assertThat(second.uri()).isNotEqualTo(first.uri());
        }
    }

    @Test
    void shouldEndConnectionsOnClose() throws Exception {
        Page page = open();
        page.next("state");
        server.close();
        server.close();
        page.closed.get(PATIENCE, SECONDS);
    }

    private int port() {
        return server.uri().getPort();
    }

    private URI socketUri() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    private Page open() throws Exception {
        Page page = new Page();
        page.socket = http.newWebSocketBuilder().header("Origin", "http://127.0.0.1:" + port()).buildAsync(socketUri(), page)
                .get(PATIENCE, SECONDS);
        return page;
    }

    private static int upgrade(int port, String host, String origin, String cookie) throws IOException {
        return status(port, "/ws", "Host: " + host, "Origin: " + origin, "Cookie: " + cookie, "Upgrade: websocket",
                "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private int status(String path, String... headers) throws IOException {
        return status(port(), path, headers);
    }

    /** Status of a request with these very headers; Java's client would not send them. */
    private static int status(int port, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            String request = "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + (String.join("", headers).contains("Connection:") ? "" : "\r\nConnection: close") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            byte[] start = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(start, ISO_8859_1).substring(9));
        }
    }

    /** A page without a browser. */
    private static final class Page implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        void say(String message) {
            socket.sendText(message, true).join();
        }

        JsonNode next(String kind) throws InterruptedException {
            while (true) {
                JsonNode message = messages.poll(10, SECONDS);
                assertThat(message).as("a message \"%s\"", kind).isNotNull();
                if (message.path("t").asText().equals(kind)) {
                    return message;
                }
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                try {
                    messages.add(PageMessage.JSON.readTree(part.toString()));
                } catch (IOException e) {
                    closed.completeExceptionally(e);
                }
                part.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}

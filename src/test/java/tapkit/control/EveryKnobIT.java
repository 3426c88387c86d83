package tapkit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.config.PresetPlayer;
import tapkit.control.Control.Kind;
import tapkit.control.midi.BindingsFile;
import tapkit.control.midi.MidiControl;
import tapkit.control.osc.OscInput;
import tapkit.control.web.PageInfo;
import tapkit.control.web.PageSources;
import tapkit.control.web.WebServer;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/** A running engine, every knob of which is moved by the page's socket, by MIDI, by a preset's file and by OSC: seen where it stands then. */
class EveryKnobIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** What a preset does not hold. */
    private static final Set<Control> NOT_KEPT = Set.of(Control.PRESET, Control.LEARN);

    @TempDir
    private Path folder;
    private Engine engine;
    private PlayedFeed feed;

    @BeforeEach
    void start() {
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, 1, 64, 1);
        TrainedModel trained = Models.load(file);
        engine = new Engine(new EngineSettings(ClockSource.INTERNAL, 120, 0, 1));
        feed = engine.openFeed();
        engine.start(trained.openWarm(InferenceEngine.VECTOR), trained.decoder(), List.of(), null);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Moves a knob somehow. */
    @FunctionalInterface
    private interface Way {
        void move(Knob knob, double value) throws Exception;
    }

    /** Moves every knob from its initial value to one end and to the other. */
    private void moveAll(Way way) throws Exception {
        for (Knob knob : Knob.ALL) {
            for (double value : new double[]{knob.control().most(), knob.control().least()}) {
                if (knob.control().kind() != Kind.TRIGGER) {
                    way.move(knob, value);
                    await(knob, value);
                }
            }
            if (knob.control().kind() == Kind.TRIGGER) {
                way.move(knob, 1);
                awaitPress(knob);
            }
        }
        assertThat(engine.failure()).isNull();
    }

    private void await(Knob knob, double value) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE_NANOS; engine.controls().get(knob.index()) != value;) {
            assertThat(System.nanoTime()).as("%s is %s; wanted %s", knob.label(), engine.controls().get(knob.index()), value)
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void awaitPress(Knob knob) throws InterruptedException {
        PlayedEvent event = new PlayedEvent();
        for (long end = System.nanoTime() + PATIENCE_NANOS; !(event.kind == PlayedEvent.Kind.CONTROL
                && event.knob == knob.index());) {
            assertThat(System.nanoTime()).as("%s is pressed", knob.label()).isLessThan(end);
            if (!feed.poll(event)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    @Test
    void shouldMoveByThePage() throws Exception {
        try (WebServer server = WebServer.start(OptionalInt.of(0),
                PageSources.of(engine, () -> new PageInfo("", "", List.of(), List.of(), "")));
                HttpClient http = HttpClient.newHttpClient()) {
            String place = "127.0.0.1:" + server.uri().getPort();
            WebSocket page = http.newWebSocketBuilder().header("Origin", "http://" + place)
                    .buildAsync(URI.create("ws://" + place + "/ws"), new WebSocket.Listener() {
                    }).get(30, TimeUnit.SECONDS);
            moveAll((knob, value) -> {
                String voice = knob.voice() == Knob.NO_VOICE ? "" : ",\"i\":" + knob.voice();
                page.sendText("{\"t\":\"set\",\"c\":\"%s\"%s,\"v\":%s}".formatted(knob.control(), voice, value), true).join();
                TimeUnit.MILLISECONDS.sleep(6); // the server takes 200 a second of one page
            });
            page.abort();
        }
    }

    @Test
    void shouldMoveByMidi() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Knob knob : Knob.ALL) {
            lines.add("cc %d %d = %s".formatted(1 + knob.index() / 128, knob.index() % 128, knob.label()));
        }
        Path bindings = Files.write(folder.resolve("bindings"), lines);
        try (MidiControl midi = new MidiControl(engine, engine.controls(), engine.openFeed(), BindingsFile.read(bindings),
                learned -> {
                })) {
            midi.start(MidiOutput.NONE);
            moveAll((knob, value) -> midi.receive(MidiMessage.pack(MidiMessage.CONTROL_CHANGE | knob.index() / 128,
                    knob.index() % 128, value == knob.control().least() ? 0 : 127), System.nanoTime()));
        }
    }

    @Test
    void shouldMoveByAPreset() throws Exception {
        for (boolean most : new boolean[]{true, false}) {
            List<String> lines = new ArrayList<>();
            List<Knob> kept = Knob.ALL.stream().filter(knob -> knob.control().kind() != Kind.TRIGGER)
                    .filter(knob -> !NOT_KEPT.contains(knob.control())).toList();
            for (Knob knob : kept) {
                String value = knob.format(most ? knob.control().most() : knob.control().least());
                lines.add(knob.label() + " = " + (knob.control().choices().isEmpty() ? value : '"' + value + '"'));
            }
            Path song = Files.write(folder.resolve(most + ".toml"), lines);
            try (PresetPlayer player = PresetPlayer.start(List.of(song), engine, engine.openFeed())) {
                assertThat(player.names()).hasSize(1);
                for (Knob knob : kept) {
                    await(knob, most ? knob.control().most() : knob.control().least());
                }
            }
        }
    }

    @Test
    void shouldMoveByOsc() throws Exception {
        try (DatagramSocket hand = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress at;
            try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                at = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
            }
            try (OscInput osc = OscInput.open(at, engine, () -> {
            })) {
                moveAll((knob, value) -> hand.send(message("/tapkit/" + knob.label().replace('.', '/'), (float) value, at)));
                assertThat(osc.ignored()).isZero();
            }
        }
    }

    private static DatagramPacket message(String address, float value, InetSocketAddress to) throws IOException {
        byte[] name = address.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = ByteBuffer.allocate(name.length / 4 * 4 + 12).put(name).position(name.length / 4 * 4 + 4)
                .put((byte) ',').put((byte) 'f').putShort((short) 0).putFloat(value).array();
        return new DatagramPacket(bytes, bytes.length, to);
    }
}

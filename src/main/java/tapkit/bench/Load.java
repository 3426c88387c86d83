package tapkit.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tapkit.control.web.PageInfo;
import tapkit.control.web.PageSources;
import tapkit.control.web.WebServer;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;

/**
 * All that can be in the way of being on time, at once: an engine that is tapped eight times a second and infers at every tap, its
 * page open, a thread that allocates 200 MB/s, two processes that do nothing but compute.
 */
final class Load implements AutoCloseable {
    static final String DESCRIPTION = "inference on every tap (8 a second), page open, 200 MB/s of garbage, 2 busy processes";
    private static final double BPM = 120;
    private static final long TAP_NANOS = 125_000_000;
    private static final int GARBAGE_BYTES_PER_SECOND = 200_000_000;
    private static final int PIECE_BYTES = 4_000;
    private static final long GARBAGE_TURN_NANOS = 2_000_000;
    /** Pieces that live on for a while, as in a real program: 4 MB. */
    private static final int KEPT = 1_000;
    private static final int BUSY_PROCESSES = 2;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicLong pageMessages = new AtomicLong();
    private final Engine engine = new Engine(new EngineSettings(ClockSource.INTERNAL, BPM, 0, 1));
    private volatile boolean closing;

    Load() throws IOException {
        TrainedModel trained = Models.load(Models.TAP2DRUM);
        WebServer page = opened(WebServer.start(OptionalInt.of(0),
                PageSources.of(engine, () -> new PageInfo("bench", trained.name(), ""))));
        opened(engine);
        engine.start(trained.openWarm(InferenceEngine.VECTOR), trained.decoder(), List.of(MidiOutput.NONE), null);
        look(page.uri());
        run("bench taps", this::tap);
        run("bench garbage", this::litter);
        for (int i = 0; i < BUSY_PROCESSES; i++) {
            // Ends by itself if this program is killed.
            Process busy = new ProcessBuilder("sh", "-c", "while kill -0 " + ProcessHandle.current().pid() + "; do :; done")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            opened(busy::destroy);
        }
    }

    /** Bars answered and messages that the page was sent: both are to rise, or there is no load. */
    String activity() {
        return engine.snapshot().answered() + " bars answered, " + pageMessages.get() + " messages to the page";
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private void look(URI page) {
        HttpClient client = HttpClient.newHttpClient();
        opened(client::shutdownNow); // closing would wait for the page to be left
        String host = page.getHost() + ":" + page.getPort();
        client.newWebSocketBuilder().header("Origin", "http://" + host).buildAsync(URI.create("ws://" + host + "/ws"),
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        pageMessages.incrementAndGet();
                        socket.request(1);
                        return null;
                    }
                }).join();
    }

    private void run(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    private void tap() {
        for (long at = System.nanoTime(); !closing; at += TAP_NANOS) {
            LockSupport.parkNanos(at - System.nanoTime());
            engine.pad(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, 38, 100), System.nanoTime());
        }
    }

    private void litter() {
        byte[][] kept = new byte[KEPT][];
        long begun = System.nanoTime();
        for (long allocated = 0; !closing; allocated += PIECE_BYTES) {
            kept[(int) (allocated / PIECE_BYTES % KEPT)] = new byte[PIECE_BYTES];
            while ((System.nanoTime() - begun) * 1e-9 * GARBAGE_BYTES_PER_SECOND < allocated && !closing) {
                LockSupport.parkNanos(GARBAGE_TURN_NANOS);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the load did not end well", failures.getFirst());
        }
    }
}

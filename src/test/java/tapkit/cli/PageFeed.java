package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What {@code tapkit play} tells its pages, heard without a browser; and where its beats lie in this machine's time. */
final class PageFeed implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A tap or a drum; at in milliseconds of the server's. */
    record Event(String kind, int voice, int note, int velocity, double at, double beat) {
    }

    /** A control that was turned or pressed, while the song was at a beat. */
    record Turned(String control, int voice, double value, double beat) {
    }

    /** Mode and part from a beat on, by numbers. */
    record On(int mode, int part, double beat) {
    }

    private final List<Event> events = new ArrayList<>();
    final List<On> on = new CopyOnWriteArrayList<>();
    final List<Turned> turned = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile JsonNode state = JSON.createObjectNode();
    private volatile JsonNode info = JSON.createObjectNode();
    private volatile double shortestMillis = Double.MAX_VALUE;
    /** This machine's {@link System#nanoTime()} in milliseconds, less the server's time. */
    private volatile double aheadMillis;

    PageFeed(URI page) throws InterruptedException {
        String host = page.getHost() + ":" + page.getPort();
        socket = HttpClient.newHttpClient().newWebSocketBuilder().header("Origin", "http://" + host)
                .buildAsync(URI.create("ws://" + host + "/ws"), this).join();
        for (int ping = 0; ping < 20; ping++) {
            socket.sendText("{\"t\":\"ping\",\"p\":" + System.nanoTime() / 1e6 + "}", true).join();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        awaitState("an answer to a ping", now -> shortestMillis < Double.MAX_VALUE);
    }

    JsonNode state() {
        return state;
    }

    /** What the page says of the ports that are missing; empty if none is. */
    String trouble() {
        return info.path("trouble").asText();
    }

    boolean isRunning() {
        return state.path("running").asBoolean();
    }

    double bpm() {
        return state.path("bpm").asDouble();
    }

    /** Beats since bar 0, now. */
    double beat() {
        JsonNode now = state;
        return now.path("beat").asDouble()
                + (System.nanoTime() / 1e6 - aheadMillis - now.path("at").asDouble()) * now.path("bpm").asDouble() / 60e3;
    }

    /** When a beat will be, on {@link System#nanoTime()}'s clock, as far as is known now. */
    long nanosOf(double beat) {
        JsonNode now = state;
        double millis = now.path("at").asDouble() + (beat - now.path("beat").asDouble()) * 60e3 / now.path("bpm").asDouble();
        return Math.round((millis + aheadMillis) * 1e6);
    }

    /** All events so far. */
    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    long count(Predicate<Event> which) {
        synchronized (events) {
            return events.stream().filter(which).count();
        }
    }

    /** Taps of these notes so far. */
    long taps(int... notes) {
        return count(event -> "tap".equals(event.kind()) && IntStream.of(notes).anyMatch(note -> note == event.note()));
    }

    void awaitTaps(long count, int... notes) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taps(notes) < count) {
            assertThat(System.nanoTime()).as("%d taps of %s, within a minute; so far %d", count, Arrays.toString(notes),
                    taps(notes)).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** As the page does when something is turned or pressed. */
    void say(String message) {
        socket.sendText(message, true).join();
    }

    void awaitNoTrouble() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!trouble().isEmpty()) {
            assertThat(System.nanoTime()).as("%s, after a minute still", trouble()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    void awaitState(String what, Predicate<JsonNode> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(state)) {
            assertThat(System.nanoTime()).as("%s, within a minute; last: %s", what, state).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            hear(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void hear(String said) {
        double heardMillis = System.nanoTime() / 1e6;
        try {
            JsonNode message = JSON.readTree(said);
            switch (message.path("t").asText()) {
                case "state" -> {
                    state = message;
                    On now = new On(message.path("mode").asInt(), message.path("part").asInt(),
                            message.path("beat").asDouble());
                    if (on.isEmpty() || on.getLast().mode() != now.mode() || on.getLast().part() != now.part()) {
                        on.add(now);
                    }
                }
                case "info" -> info = message;
                case "control" -> turned.add(new Turned(message.path("c").asText(), message.path("i").asInt(),
                        message.path("v").asDouble(), beat()));
                case "pong" -> {
                    double way = heardMillis - message.path("p").asDouble();
                    if (way < shortestMillis) {
                        aheadMillis = heardMillis - way / 2 - message.path("s").asDouble();
                        shortestMillis = way;
                    }
                }
                case "played" -> {
                    synchronized (events) {
                        message.path("e")
                                .forEach(e -> events.add(new Event(e.get(0).asText(), e.get(1).asInt(), e.get(2).asInt(),
                                        e.get(3).asInt(), e.get(4).asDouble(),
                                        e.get(5).isNull() ? Double.NaN : e.get(5).asDouble())));
                    }
                }
                default -> {
                    // what only a screen needs
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(said, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}

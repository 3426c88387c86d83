package tapkit.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import tapkit.Peers;
import tapkit.control.Control;
import tapkit.control.midi.MidiControl;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/**
 * The whole instrument without MIDI gear: keys in a real browser, the engine, the model that ships, drums from the page's
 * loudspeaker. With the system property {@code tapkit.pictures} it leaves pictures of the page in that folder.
 */
class PlayInPageIT {
    private static final double BPM = 110;
    private static final String KICK_LEVEL = ".voice:nth-child(1) [data-c=LEVEL] output";
    private static final Pattern SOUND = Pattern.compile("on, (\\d+) drums(?:, (\\d+) late)?");
    /** Beats in two bars, and the keys that tap them: F normal, R loud, V soft. */
    private static final Object[][] RHYTHM = {{0.0, "KeyR"}, {1.0, "Space"}, {1.75, "KeyV"}, {2.5, "Space"}, {3.0, "KeyR"},
            {4.0, "KeyR"}, {5.0, "Space"}, {5.5, "KeyV"}, {6.25, "KeyF"}, {7.0, "KeyR"}, {7.5, "KeyJ"}};

    @AutoClose
    private Chromium browser;
    private Engine engine;
    private PlayedFeed meant;
    private WebServer server;
    private MidiControl control;
    private volatile PageInfo info;

    @BeforeEach
    void start() {
        if (Files.notExists(Models.folder().resolve(Models.TAP2DRUM + ".safetensors"))) {
            throw Peers.missing("needs the model that ships in " + Models.folder().toAbsolutePath());
        }
        browser = new Chromium();
        browser.resize(1440, 900, false);
        TrainedModel model = Models.load(Models.TAP2DRUM);
        engine = new Engine(new EngineSettings(EngineSettings.ClockSource.INTERNAL, BPM, 0, 1));
        meant = engine.openFeed();
        info = new PageInfo("No MIDI", model.name(), "");
        control = new MidiControl(engine, engine.controls(), engine.openFeed(), List.of(), bindings -> {
        });
        server = WebServer.start(OptionalInt.of(0),
                PageSources.of(engine, () -> info, control::bindings, control::unbind));
        engine.start(model.openWarm(InferenceEngine.VECTOR), model.decoder(), List.of(), null);
        control.start(MidiOutput.NONE);
        browser.open(server.uri());
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            server.close();
            control.close();
            engine.close();
        }
    }

    @Test
    void shouldAnswerTheSpaceBarWithDrums() throws Exception {
        tapTwoBars();
        browser.await("drums", () -> drums() >= 10);
        browser.await("sound", () -> browser.peak() > 0.05);
        browser.await("text", () -> browser.text("twin-bars").contains("Bar 4"));
        String bars = browser.text("twin-bars");
        tapTwoBarsInTime();
        pictures();
        browser.press("Escape");
        browser.await("silence", () -> browser.peak() < 0.001);

        assertThat(browser.text("bars")).matches("[1-9]\\d* answered.*");
        assertThat(bars).containsPattern("Bar 2\\. .*(kick|snare|hat|tom|crash|ride): ").contains("taps: 1");
        int sent = drumsMeant();
        browser.await("drums that sounded in the page are those the engine sent: " + sent, () -> drums() == sent);
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldTurnKnobsFromThePageAndFromAController() throws Exception {
        browser.find("#tab-voices").click();
        browser.find(".voice:nth-child(1) [data-c=LEVEL] input").sendKeys(Keys.ARROW_RIGHT);
        awaitValue("to the engine", 101, Control.LEVEL);
        browser.await("and back", () -> browser.find(KICK_LEVEL).getText().equals("101 %"));

        // A fader is taught the kick's level, and moves it on the page.
        browser.find("#learn").click();
        browser.find(".voice:nth-child(1) [data-c=LEVEL]").click();
        browser.await("waiting", () -> browser.text("learn-hint").startsWith("Level, kick: move"));
        control.receive(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 7, 100), System.nanoTime());
        browser.await("learned", () -> "CC 7, channel 1".equals(
                browser.find(".voice:nth-child(1) [data-c=LEVEL]").getDomAttribute("data-by")));
        control.receive(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 7, 127), System.nanoTime());
        browser.await("moved", () -> browser.find(KICK_LEVEL).getText().equals("200 %"));

        browser.find(".voice:nth-child(1) [data-c=MUTE] button").click();
        awaitValue("muted", 1, Control.MUTE);
        meant = engine.openFeed();
        tapTwoBars();
        browser.await("drums", () -> drums() >= 10);
        PlayedEvent event = new PlayedEvent();
        while (meant.poll(event)) {
            if (event.kind == PlayedEvent.Kind.DRUM) {
                assertThat(event.voice).as("a muted voice").isNotZero();
            }
        }

        browser.find("[data-c=MODE] label:nth-child(3)").click();
        browser.find("[data-c=PART] label:nth-child(2)").click();
        browser.await("with the bar", () -> engine.snapshot().mode() == 2 && engine.snapshot().part() == 1
                && browser.text("mode").equals("loop") && browser.text("part").equals("B"));
        browser.find("[data-c=FILL] button").click();
        browser.find("[data-c=ENDING] button").click();
        browser.await("the end", () -> !engine.snapshot().running());
        assertThat(browser.errors()).isEmpty();
    }

    /** While they are tapped most drums sound in time; where a busy machine holds the page up, they are tapped again. */
    private void tapTwoBarsInTime() throws InterruptedException {
        int drums;
        int late;
        int round = 0;
        do {
            assertThat(round++).as("times two bars in which most drums were late").isLessThan(6);
            drums = -drums();
            late = -late();
            tapTwoBars();
            drums += drums();
            late += late();
        } while (2 * late >= drums);
    }

    private void awaitValue(String what, double value, Control of) {
        browser.await(what, () -> engine.controls().get(of, 0) == value);
    }

    /** From now, or from the next bar line if the music runs. */
    private void tapTwoBars() throws InterruptedException {
        double firstBeat = engine.snapshot().running() ? 4 * Math.ceil(engine.snapshot().beat() / 4) : 0;
        long firstNanos = System.nanoTime() + beats(firstBeat - (engine.snapshot().running() ? engine.snapshot().beat() : 0));
        for (Object[] tap : RHYTHM) {
            long wait = firstNanos + beats((Double) tap[0]) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(wait);
            browser.press((String) tap[1]);
        }
    }

    private static long beats(double beats) {
        return Math.round(beats * 60e9 / BPM);
    }

    private void pictures() throws IOException {
        String folder = System.getProperty("tapkit.pictures");
        if (folder == null) {
            return;
        }
        browser.keyDown("Space", false);
        browser.picture(Path.of(folder, "page.png"));
        browser.keyUp("Space");
        browser.find("#tab-voices").click();
        browser.picture(Path.of(folder, "page-voices.png"));
        browser.find("#big").click();
        browser.picture(Path.of(folder, "page-big.png"));
        browser.find("#big").click();
        browser.find("#tab-feel").click();
        browser.resize(390, 844, true);
        browser.picture(Path.of(folder, "page-phone.png"));
        browser.resize(1440, 900, false);
        PageInfo well = info;
        info = new PageInfo("JACK", "TD-17 is unplugged; it is connected again when it is back", well.models(), List.of(), "");
        browser.await("alarm", () -> browser.find("#alarm").isDisplayed());
        browser.picture(Path.of(folder, "page-lost.png"));
        info = well;
    }

    private int drums() {
        Matcher sound = SOUND.matcher(browser.text("sound"));
        return sound.lookingAt() ? Integer.parseInt(sound.group(1)) : 0;
    }

    private int late() {
        Matcher sound = SOUND.matcher(browser.text("sound"));
        return sound.lookingAt() && sound.group(2) != null ? Integer.parseInt(sound.group(2)) : 0;
    }

    private int drumsMeant() {
        PlayedEvent event = new PlayedEvent();
        int drums = 0;
        while (meant.poll(event)) {
            drums += event.kind == PlayedEvent.Kind.DRUM ? 1 : 0;
        }
        return drums;
    }
}

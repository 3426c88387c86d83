package tapkit.control.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tapkit.control.Control;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent;

/** The page in a real browser, part by part; {@code PlayInPageIT} plays it with the engine. */
class PageIT {
    /** Seconds until something is taken to be missing, on a machine that has other things to do. */
    private static final int PATIENCE = 30;
    /** How well the page has to know the server's time; it knows better on a machine that does nothing else. */
    private static final double CLOCK_ERROR_MS = 5;
    private static final long CLOCK_ERROR_NANOS = 5_000_000;
    private static final String COLOURFUL = """
            const canvas = document.getElementById('roll');
            const rows = [8, 7, 3, 2, 6, 5, 4, 0, 1];
            const strip = 18 * devicePixelRatio;
            const high = (canvas.height - strip) / 10;
            const top = strip + (rows[arguments[0]] + 1) * high;
            const {data} = canvas.getContext('2d').getImageData(100, top, canvas.width - 100, high);
            let coloured = 0;
            for (let i = 0; i < data.length; i += 4) {
              const pixel = data.subarray(i, i + 3);
              coloured += Math.max(...pixel) - Math.min(...pixel) > 80 ? 1 : 0;
            }
            return coloured;
            """;
    private static final String EVEN_DELAY = """
            const done = arguments[arguments.length - 1];
            import('/even-delay.js').then(({EvenDelay}) => {
              const delay = new EvenDelay();
              let now = 0;
              // Eight drums a second for so many seconds, each late (or, if negative, early) by so much if nothing delays it.
              const play = (seconds, lateBy) => {
                for (let i = 0; i < 8 * seconds; i++) {
                  delay.judge(lateBy - delay.seconds, now);
                  now += 1 / 8;
                }
                return delay.seconds;
              };
              play(3, -0.03);
              play(1, 0.3);
              done([play(5, -0.03), play(10, 0.12), play(10, -0.05)]);
            });
            """;
    @AutoClose
    private static Chromium browser;
    private TestEngine engine;
    private WebServer server;

    @BeforeAll
    static void startBrowser() {
        browser = new Chromium();
    }

    @BeforeEach
    void open() {
        engine = new TestEngine();
        server = serve(0);
        browser.resize(1280, 900, false);
        browser.errors();
        browser.open(server.uri());
    }

    @AfterEach
    void stop() {
        browser.leave();
        server.close();
    }

    private WebServer serve(int port) {
        return WebServer.start(OptionalInt.of(port), engine.sources());
    }

    @Test
    void shouldTapOnKeysOnceForEachPress() throws Exception {
        browser.awaitClock(CLOCK_ERROR_MS);
        long before = System.nanoTime();
        browser.keyDown("Space", false);
        browser.keyDown("Space", true);
        browser.keyDown("Space", true);
        assertThat(browser.find("#pad").getDomAttribute("class")).contains("struck");
        browser.keyUp("Space");
        assertThat(browser.find("#pad").getDomAttribute("class")).doesNotContain("struck");
        browser.press("KeyR");
        browser.press("KeyV");
        browser.press("F5");

        TestEngine.Pad normal = engine.pads.poll(PATIENCE, SECONDS);
        int loud = velocity(engine.pads.poll(PATIENCE, SECONDS));
        int soft = velocity(engine.pads.poll(PATIENCE, SECONDS));
        assertThat(normal.atNanos()).isBetween(before - CLOCK_ERROR_NANOS, System.nanoTime());
        assertThat(velocity(normal)).isBetween(soft + 20, loud - 20);
        assertThat(engine.pads.poll(200, MILLISECONDS)).isNull();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldSendTheTimeOfThePressNotOfItsArrival() throws Exception {
        browser.awaitClock(CLOCK_ERROR_MS);
        // Something else keeps the page busy before it gets to the key.
        browser.script("""
                addEventListener('keydown', () => { for (const end = performance.now() + 150; performance.now() < end;); },
                    {capture: true, once: true})
                """);
        long pressedNanos = System.nanoTime();
        browser.press("Space");
        TestEngine.Pad pad = engine.pads.poll(PATIENCE, SECONDS);
        assertThat(pad.atNanos()).isBetween(pressedNanos - CLOCK_ERROR_NANOS,
                System.nanoTime() - 150_000_000L + CLOCK_ERROR_NANOS);
    }

    @Test
    void shouldBeStruckByTheMouseLouderInTheMiddle() throws Exception {
        WebElement pad = browser.find("#pad");
        double x = pad.getRect().x + pad.getRect().width / 2.0;
        double y = pad.getRect().y + pad.getRect().height / 2.0;
        browser.mouse("mousePressed", x, y);
        int middle = velocity(engine.pads.poll(PATIENCE, SECONDS));
        browser.mouse("mouseReleased", x, y);
        browser.mouse("mousePressed", x, pad.getRect().y + 12.0);
        int rim = velocity(engine.pads.poll(PATIENCE, SECONDS));
        browser.mouse("mouseReleased", x, pad.getRect().y + 12.0);

        assertThat(middle).isGreaterThan(rim + 30);
        assertThat(engine.pads).as("a click is no second tap").isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldTakeSeveralFingers() throws Exception {
        browser.resize(390, 844, true);
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", true, "maxTouchPoints", 5));
        WebElement pad = browser.find("#pad");
        double y = pad.getRect().y + pad.getRect().height / 2.0;
        double[] left = {pad.getRect().x + 60.0, y};
        double[] right = {pad.getRect().x + pad.getRect().width - 60.0, y};
        browser.touch("touchStart", left);
        browser.touch("touchStart", left, right);
        browser.touch("touchEnd");
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));

        assertThat(engine.pads.poll(PATIENCE, SECONDS)).isNotNull();
        assertThat(engine.pads.poll(PATIENCE, SECONDS)).isNotNull();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldSoundWhatIsPlayed() throws Exception {
        engine.start();
        browser.press("Space");
        browser.await("sound on", () -> browser.text("sound").startsWith("on"));
        browser.find("#tab-here").click();
        browser.find("input[name=click][value=off]").click();
        Thread.sleep(1500); // what sounded before
        browser.await("quiet", () -> browser.peak() < 0.001);
        double bar = Math.ceil(engine.beat(System.nanoTime()) / 4 + 0.5) * 4;
        int[] voices = {0, 2, 1, 2};
        for (int i = 0; i < voices.length; i++) {
            engine.play(PlayedEvent.Kind.TAP, -1, 38, 90, engine.nanos(bar + i - 0.03));
            engine.play(PlayedEvent.Kind.DRUM, voices[i], Voice.of(voices[i]).note(), 100, engine.nanos(bar + i + 0.02));
        }
        browser.await("loud drums", () -> browser.peak() > 0.15);
        browser.await("all drums", () -> browser.text("sound").startsWith("on, 4 drums"));
        browser.await("text of the bar", () -> browser.text("twin-bars").contains("kick"));

        assertThat(browser.text("sound")).isEqualTo("on, 4 drums");
        assertThat(browser.text("twin-bars")).contains("taps: 1 −15 ms, 2 −15 ms, 3 −15 ms, 4 −15 ms; kick: 1 +10 ms; "
                + "snare: 3 +10 ms; closed hat: 2 +10 ms, 4 +10 ms.");
        assertThat(browser.text("bars")).isEqualTo("5 answered, 6 skipped");
        assertThat(colourful(Voice.KICK)).isGreaterThan(20);
        assertThat(colourful(Voice.CRASH)).isZero();

        engine.stop();
        browser.await("stop", () -> button(Control.START_STOP).getText().equals("Start"));
        assertThat(browser.errors()).isEmpty();
    }

    /** Number of pixels in a voice's row of the roll that are no grey. */
    private static long colourful(Voice voice) {
        return (Long) browser.script(COLOURFUL, voice.ordinal());
    }

    /** Renders each voice at three velocities and measures it. */
    @Test
    @SuppressWarnings("unchecked") // what a script returns
    void shouldHaveNineVoicesThatAnswerToVelocity() {
        List<Map<String, Object>> measured = (List<Map<String, Object>>) browser.asyncScript("""
                const done = arguments[arguments.length - 1];
                (async () => {
                  const {Kit} = await import('/kit.js');
                  const results = [];
                  for (let voice = 0; voice < 9; voice++) {
                    for (const velocity of [0.3, 0.65, 1]) {
                      const context = new OfflineAudioContext(1, 3 * 44100, 44100);
                      new Kit(context, context.destination).hit(voice, velocity, 0.1);
                      const data = (await context.startRendering()).getChannelData(0);
                      let peak = 0, energy = 0, slope = 0, early = 0, jump = 0;
                      for (let i = 1; i < data.length; i++) {
                        peak = Math.max(peak, Math.abs(data[i]));
                        energy += data[i] ** 2;
                        slope += (data[i] - data[i - 1]) ** 2;
                        if (i < 4400) early = Math.max(early, Math.abs(data[i]));
                        if (i > 3 * 44100 - 200) jump = Math.max(jump, Math.abs(data[i]));
                      }
                      // The square mean frequency, as the slope's energy gives it.
                      const hertz = 44100 / Math.PI * Math.asin(Math.min(1, Math.sqrt(slope / energy) / 2));
                      results.push({voice, velocity, peak, energy, hertz, early, jump});
                    }
                  }
                  done(results);
                })().catch(e => done([{error: String(e)}]));
                """);
        assertThat(measured).hasSize(27);
        Map<Integer, Double> brightness = new HashMap<>();
        for (int voice = 0; voice < 9; voice++) {
            List<Map<String, Object>> three = measured.subList(3 * voice, 3 * voice + 3);
            String name = Voice.of(voice) + " " + three;
            assertThat(number(three, 0, "peak")).as(name).isGreaterThan(0.02);
            assertThat(number(three, 2, "peak")).as(name).isBetween(0.15, 1.4);
            for (int louder = 1; louder < 3; louder++) {
                assertThat(number(three, louder, "peak")).as(name).isGreaterThan(1.4 * number(three, louder - 1, "peak"));
                assertThat(number(three, louder, "hertz")).as(name).isGreaterThan(1.03 * number(three, louder - 1, "hertz"));
            }
            assertThat(number(three, 2, "early")).as("silence before %s", name).isZero();
            assertThat(number(three, 2, "jump")).as("silence after %s", name).isLessThan(0.02);
            brightness.put(voice, number(three, 2, "hertz"));
        }
        assertThat(brightness.get(0)).as("kick lowest %s", brightness).isLessThan(brightness.get(1))
                .isLessThan(brightness.get(2));
        assertThat(brightness.get(4)).as("toms %s", brightness).isLessThan(brightness.get(5));
        assertThat(brightness.get(5)).as("toms %s", brightness).isLessThan(brightness.get(6));
        assertThat(brightness.get(6)).as("toms below cymbals %s", brightness).isLessThan(brightness.get(7) / 2);
        assertThat(brightness.get(2)).as("hats brighter than snare %s", brightness).isGreaterThan(brightness.get(1));
    }

    @Test
    void shouldChokeTheOpenHatWhicheverComesFirst() {
        List<?> tails = (List<?>) browser.asyncScript("""
                const done = arguments[arguments.length - 1];
                (async () => {
                  const {Kit} = await import('/kit.js');
                  const tail = async play => {
                    const context = new OfflineAudioContext(1, 44100, 44100);
                    play(new Kit(context, context.destination));
                    const data = (await context.startRendering()).getChannelData(0);
                    return data.subarray(15000, 20000).reduce((most, s) => Math.max(most, Math.abs(s)), 0);
                  };
                  done([await tail(kit => kit.hit(3, 1, 0.1)),
                    await tail(kit => { kit.hit(3, 1, 0.1); kit.hit(2, 0.1, 0.2); }),
                    await tail(kit => { kit.hit(2, 0.1, 0.2); kit.hit(3, 1, 0.1); })]);
                })();
                """);
        double open = ((Number) tails.get(0)).doubleValue();
        assertThat(open).isGreaterThan(0.02);
        assertThat(((Number) tails.get(1)).doubleValue()).isLessThan(open / 10);
        assertThat(((Number) tails.get(2)).doubleValue()).isLessThan(open / 10);
    }

    @Test
    void shouldKeepTheServersTimeThroughSlowRoundTrips() {
        Object error = browser.asyncScript("""
                const done = arguments[arguments.length - 1];
                import('/server-clock.js').then(({ServerClock}) => {
                  const clock = new ServerClock();
                  // The server is 5000 ms ahead and gains 50 ppm; each tenth round trip is quick, others are slow one way.
                  const server = page => 5000 + page * (1 + 50e-6);
                  let worst = 0;
                  for (let i = 0; i < 600; i++) {
                    const sent = 1000 * i;
                    const there = i % 10 === 0 ? 0.3 : 40 + i % 7;
                    clock.add(sent, server(sent + there), sent + there + 0.3);
                    worst = Math.max(worst, Math.abs(clock.toServer(sent + 500) - server(sent + 500)));
                  }
                  done(worst);
                });
                """);
        assertThat(((Number) error).doubleValue()).as("ms").isLessThan(1.0);
    }

    @Test
    void shouldDelayDrumsEvenlyOnlyWhereAllAreLate() {
        List<?> delays = (List<?>) browser.asyncScript(EVEN_DELAY);
        assertThat(((Number) delays.get(0)).doubleValue()).as("after one stumble").isZero();
        assertThat(((Number) delays.get(1)).doubleValue()).as("120 ms behind").isBetween(0.12, 0.14);
        assertThat(((Number) delays.get(2)).doubleValue()).as("no longer behind").isZero();
    }

    @Test
    void shouldTurnEveryControl() throws Exception {
        button(Control.START_STOP).click();
        assertThat(next()).isEqualTo(Control.START_STOP);
        browser.find("[data-nudge='1']").click();
        TestEngine.Turn faster = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(faster.control()).isEqualTo(Control.BPM);
        assertThat(faster.value()).isEqualTo(121);
        browser.find("#bpm").click();
        browser.devTools("Input.insertText", Map.of("text", "96.5"));
        browser.find("#bpm").sendKeys(Keys.ENTER);
        TestEngine.Turn typed = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(typed.value()).isEqualTo(96.5);
        browser.find("#tap-tempo").click();
        assertThat(next()).isEqualTo(Control.TAP_TEMPO);
        browser.find("[data-c=TEMPERATURE] input").sendKeys(Keys.ARROW_RIGHT);
        TestEngine.Turn warmer = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(warmer.control()).isEqualTo(Control.TEMPERATURE);
        assertThat(warmer.value()).isEqualTo(0.05);
        button(Control.CLEAR).click();
        assertThat(next()).isEqualTo(Control.CLEAR);
        button(Control.PANIC).click();
        assertThat(next()).isEqualTo(Control.PANIC);
        assertThat(engine.turns).isEmpty();
        assertThat(engine.pads).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldBePlayedByKeysAlone() throws Exception {
        browser.press("Enter");
        assertThat(next()).isEqualTo(Control.START_STOP);
        browser.press("ArrowUp");
        assertThat(engine.turns.poll(PATIENCE, SECONDS).value()).isEqualTo(121);
        browser.press("Digit1");
        assertThat(next()).isEqualTo(Control.TAP_TEMPO);
        browser.press("Backspace");
        assertThat(next()).isEqualTo(Control.CLEAR);
        browser.press("Escape");
        assertThat(next()).isEqualTo(Control.PANIC);
        Map<String, Control> digits = new TreeMap<>(
                Map.of("Digit2", Control.FILL, "Digit3", Control.BREAK, "Digit5", Control.PART,
                        "Digit7", Control.RECORD, "Digit8", Control.OVERDUB, "Digit9", Control.UNDO, "Digit0", Control.ENDING));
        for (Map.Entry<String, Control> digit : digits.entrySet()) {
            browser.press(digit.getKey());
            assertThat(next()).isEqualTo(digit.getValue());
        }

        // A button that was clicked gives the keyboard back; one that was reached by tab keeps the space bar.
        button(Control.CLEAR).click();
        assertThat(next()).isEqualTo(Control.CLEAR);
        browser.press("Space");
        assertThat(engine.pads.poll(PATIENCE, SECONDS)).isNotNull();
        button(Control.PANIC).sendKeys(Keys.SPACE);
        assertThat(next()).isEqualTo(Control.PANIC);
        assertThat(engine.pads).isEmpty();
    }

    @Test
    void shouldStandStillForThoseWhoWantLessMotion() throws Exception {
        browser.devTools("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        try {
            engine.start();
            browser.await("running", () -> browser.text("bar").matches("\\d+"));
            browser.press("Space");
            String animation = String
                    .valueOf(browser.script("return getComputedStyle(document.querySelector('.rings')).animationName"));
            assertThat(animation).isEqualTo("none");
            double beat = Math.ceil(engine.beat(System.nanoTime()));
            for (int next = 0; next < 4; next++) {
                engine.play(PlayedEvent.Kind.DRUM, 0, 36, 100, engine.nanos(beat + next));
            }
            browser.await("a kick", () -> colourful(Voice.KICK) > 20);
        } finally {
            browser.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    @Test
    void shouldSayThatTheServerIsGoneAndComeBack() throws Exception {
        int port = server.uri().getPort();
        server.close();
        browser.await("loss", () -> browser.text("link").contains("still running"));
        assertThat(browser.find("#alarm").isDisplayed()).isTrue();
        server = serve(port);
        browser.await("return", () -> browser.text("link").equals("connected"));
        assertThat(browser.find("#alarm").isDisplayed()).isFalse();
        browser.press("Space");
        assertThat(engine.pads.poll(PATIENCE, SECONDS)).isNotNull();
    }

    @Test
    void shouldSayThatNoClockComesIn() {
        assertThat(browser.text("clock-state")).isEmpty();
        engine.clock = "midi";
        engine.locked = false;
        browser.await("no clock", () -> browser.text("clock-state").equals("· MIDI clock: none comes in"));
        assertThat(browser.find("#bpm").isEnabled()).as("the tempo is not ours").isFalse();
        engine.locked = true;
        browser.await("a clock", () -> browser.text("clock-state").equals("· MIDI clock"));
    }

    @Test
    void shouldLetABrowserInByItsToken() throws Exception {
        String token = "0123456789abcdef0123456789abcdef";
        WebAddress all = new WebAddress(InetAddress.getByName("0.0.0.0"), OptionalInt.of(0), Optional.of(token));
        try (WebServer open = WebServer.start(all, engine.sources())) {
            browser.open(open.uri());
            assertThat(String.valueOf(browser.script("return location.href"))).doesNotContain("token");
            browser.press("Space");
            assertThat(engine.pads.poll(PATIENCE, SECONDS)).isNotNull();
            browser.open(open.uri().resolve("/")); // again, by the cookie
            browser.leave();
        }
    }

    @Test
    void shouldRememberWhatConcernsThisPage() {
        browser.find("#tab-here").click();
        browser.find("[name=pads][value='2']").click();
        browser.find("#hear-taps").click();
        try {
            browser.open(server.uri());
            assertThat(browser.script("return document.querySelectorAll('.pad').length")).isEqualTo(2L);
            assertThat(browser.script("return document.getElementById('hear-taps').checked")).isEqualTo(false);
        } finally {
            browser.script("localStorage.clear()");
        }
    }

    @Test
    void shouldSpeakOfTheSameVoicesAsTheServer() {
        Object labels = browser.asyncScript("""
                const done = arguments[arguments.length - 1];
                import('/voices.js').then(({VOICES}) => done(VOICES.map(voice => voice.label.replace(' ', '-')).join()));
                """);
        assertThat(labels).isEqualTo(String.join(",", Arrays.stream(Voice.values()).map(Voice::label).toList()));
    }

    private static WebElement button(Control control) {
        return browser.find("[data-c=" + control + "] button");
    }

    private Control next() throws InterruptedException {
        TestEngine.Turn turn = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(turn).isNotNull();
        return turn.control();
    }

    private static int velocity(TestEngine.Pad pad) {
        assertThat(pad).isNotNull();
        return MidiMessage.data2(pad.message());
    }

    private static double number(List<Map<String, Object>> measured, int index, String field) {
        return ((Number) measured.get(index).get(field)).doubleValue();
    }
}

package tapkit.control.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.telemetry.EngineSnapshot;

/** Everything that can be turned, in a real browser. */
class PageControlsIT {
    private static final int PATIENCE = 30;

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
        engine.info = new PageInfo("jack: tapkit:pad in <- a pad with a long name; tapkit:drums out -> the module of the house",
                "",
                List.of("one", "two"), List.of("Intro", "Song"), "take.mid");
        server = WebServer.start(OptionalInt.of(0), engine.sources());
        browser.resize(1440, 900, false);
        browser.errors();
        browser.open(server.uri());
    }

    @AfterEach
    void stop() {
        browser.leave();
        server.close();
    }

    @Test
    void shouldShowEveryControlAtMostOneTouchAway() {
        for (Knob knob : Knob.ALL) {
            switch (knob.control()) {
                case BPM -> assertThat(browser.find("#bpm").isDisplayed()).isTrue();
                case TAP_TEMPO -> assertThat(browser.find("#tap-tempo").isDisplayed()).isTrue();
                case LEARN -> assertThat(browser.find("#learn").isDisplayed()).isTrue();
                default -> {
                    String widget = "[data-k='" + knob.index() + "']";
                    if (!browser.find(widget).isDisplayed()) {
                        Object tab = browser.script("""
                                const panel = document.querySelector(arguments[0]).closest('[role=tabpanel]');
                                document.getElementById(panel.getAttribute('aria-labelledby')).click();
                                return panel.id;
                                """, widget);
                        assertThat(browser.find(widget).isDisplayed()).as("%s after a touch of %s", knob.label(), tab).isTrue();
                    }
                    assertThat(browser.find(widget).getDomAttribute("title")).contains(knob.control().description());
                }
            }
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldMakeAWidgetForAControlThatItNeverHeardOf() {
        String text = String.valueOf(browser.asyncScript(
                """
                        const done = arguments[arguments.length - 1];
                        (async () => {
                          const {Controls} = await import('/controls.js');
                          const {build} = await import('/build.js');
                          const sent = [];
                          const controls = new Controls({set: (...turn) => sent.push(turn.slice(0, 3))});
                          const wobble = {c: 'WOBBLE', label: 'wobble-depth', kind: 'choice', least: 0, most: 1, initial: 0, unit: '',
                            whole: true, when: 'next_bar', voices: false, about: 'How much it wobbles', k: 0, choices: ['a', 'b'], v: [1]};
                          const shine = {...wobble, c: 'SHINE', label: 'shine', kind: 'switch', voices: true, k: 1, v: Array(9).fill(0)};
                          controls.take([wobble, shine]);
                          build(controls);
                          const radios = document.querySelectorAll('#panel-more [data-c=WOBBLE] input');
                          const on = radios[1].checked;
                          radios[0].click();
                          document.querySelectorAll('#panel-voices [data-c=SHINE] button')[8].click();
                          done(document.querySelector('#panel-more legend').textContent + ' ' + on + ' ' + JSON.stringify(sent));
                        })().catch(e => done(String(e)));
                        """));
        assertThat(text).isEqualTo("Wobble depth true [[\"WOBBLE\",-1,{\"v\":0}],[\"SHINE\",8,{\"how\":\"toggle\"}]]");
    }

    @Test
    void shouldTurnEachKindOfControlAndShowWhereItStands() throws Exception {
        tab("feel");
        widget(Control.DENSITY, "input").sendKeys(Keys.ARROW_RIGHT);
        expect(Control.DENSITY, -1, Change.SET, 101);
        browser.await("said", () -> widget(Control.DENSITY, "output").getText().equals("101 %"));
        browser.script("arguments[0].dispatchEvent(new Event('dblclick'))", widget(Control.DENSITY, "input"));
        expect(Control.DENSITY, -1, Change.SET, 100);
        widget(Control.SEED, "input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "4711", Keys.ENTER);
        expect(Control.SEED, -1, Change.SET, 4711);
        new Select(widget(Control.MODEL, "select")).selectByVisibleText("two");
        expect(Control.MODEL, -1, Change.SET, 1);
        widget(Control.REROLL, "button").click();
        expect(Control.REROLL, -1, Change.SET, 1);
        browser.await("the press is seen", () -> Boolean.TRUE.equals(browser.script(
                "return document.querySelector('[data-c=REROLL] button').classList.contains('pressed')")));
        widget(Control.MODE, "label:nth-child(3)").click();
        expect(Control.MODE, -1, Change.SET, 2);
        browser.await("mode", () -> browser.text("mode").equals("loop"));
        widget(Control.OVERDUB, "button").click();
        expect(Control.OVERDUB, -1, Change.TOGGLE, 0);
        browser.await("overdub", () -> isPressed(widget(Control.OVERDUB, "button")));
        tab("answers");
        new Select(widget(Control.MEMORY, "select")).selectByVisibleText("infinite");
        expect(Control.MEMORY, -1, Change.SET, 10);
        tab("snapshots");
        new Select(widget(Control.PRESET, "select")).selectByVisibleText("Song");
        expect(Control.PRESET, -1, Change.SET, 1);
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void shouldMixEachVoice() throws Exception {
        tab("voices");
        for (Voice voice : List.of(Voice.KICK, Voice.RIDE)) {
            String card = ".voice:nth-child(" + (voice.ordinal() + 1) + ") ";
            WebElement mute = browser.find(card + "[data-c=MUTE] button");
            assertThat(mute.getAccessibleName()).isEqualTo("Mute, " + voice.label());
            mute.click();
            expect(Control.MUTE, voice.ordinal(), Change.TOGGLE, 0);
            browser.await("muted", () -> isPressed(mute));
            browser.find(card + "[data-c=LEVEL] input").sendKeys(Keys.HOME);
            expect(Control.LEVEL, voice.ordinal(), Change.SET, 0);
            browser.find(card + "[data-c=THRESHOLD] input").sendKeys(Keys.END);
            expect(Control.THRESHOLD, voice.ordinal(), Change.SET, 100);
            browser.find(card + "[data-c=MAXIMUM] input").sendKeys(Keys.ARROW_LEFT);
            expect(Control.MAXIMUM, voice.ordinal(), Change.SET, 15);
        }
        assertThat(engine.board.isOn(Control.MUTE)).isTrue();
        assertThat(engine.board.get(Control.MUTE, Voice.SNARE.ordinal())).isZero();
    }

    @Test
    void shouldFollowWhatMovesElsewhere() {
        tab("voices");
        engine.board.set(Knob.index(Control.LEVEL, 4), 150);
        browser.await("level", () -> browser.find(".voice:nth-child(5) [data-c=LEVEL] output").getText().equals("150 %"));
        engine.board.set(Knob.index(Control.PART, 0), 2);
        browser.await("part", () -> browser.text("part").equals("C"));
        browser.await("its button", () -> widget(Control.PART, "label:nth-child(3) input").isSelected());
    }

    @Test
    void shouldTellWhatComesWithTheNextBarAndThatTheLoopIsRecorded() {
        engine.start();
        engine.board.set(Knob.index(Control.MODE, 0), 1);
        engine.board.set(Knob.index(Control.PART, 0), 1);
        browser.await("still the old mode", () -> browser.text("loop-state").equals("next: together, B"));
        assertThat(browser.text("mode")).isEqualTo("answer");
        engine.mode = 1;
        browser.await("the new one",
                () -> browser.text("mode").equals("together") && browser.text("loop-state").equals("next: B"));
        engine.recording = EngineSnapshot.Recording.ARMED;
        browser.await("armed", () -> browser.text("loop-state").startsWith("armed"));
        engine.recording = EngineSnapshot.Recording.ON;
        browser.await("recording", () -> browser.text("loop-state").startsWith("recording"));
    }

    @Test
    void shouldLearnShowAndForgetBindings() throws Exception {
        browser.find("#learn").click();
        widgetRoot(Control.FILL).click();
        expect(Control.LEARN, -1, Change.SET, Knob.of(Control.FILL).index());
        browser.await("waiting", () -> browser.text("learn-hint").startsWith("Fill: move"));
        engine.bindings = List.of(new Binding(Binding.Source.CC, 0, 64, Knob.of(Control.FILL), Binding.Action.MOMENTARY, 0));
        engine.board.set(Knob.index(Control.LEARN, 0), -1);
        browser.await("learned", () -> !browser.find("#learn-hint").isDisplayed());
        browser.await("bound", () -> "CC 64, channel 1".equals(widgetRoot(Control.FILL).getDomAttribute("data-by")));
        widget(Control.FILL, "button").click();
        expect(Control.FILL, -1, Change.SET, 1);

        tab("bindings");
        browser.await("listed", () -> browser.text("bound").contains("CC 64, channel 1Fill"));
        // without a mouse: from the list of all knobs
        new Select(browser.find("#teach")).selectByVisibleText("Level, kick");
        browser.find("#teach-now").sendKeys(Keys.ENTER);
        expect(Control.LEARN, -1, Change.SET, Knob.of(Control.LEVEL, 0).index());
        browser.await("waiting for another", () -> browser.text("learn-hint").startsWith("Level, kick: move"));
        browser.press("Escape");
        expect(Control.LEARN, -1, Change.SET, -1);
        expect(Control.PANIC, -1, Change.SET, 1);
        browser.find("#bound button").click();
        browser.await("forgotten", () -> browser.text("bound").contains("No controller"));
        assertThat(engine.bindings).isEmpty();
    }

    @Test
    void shouldSayAtOnceAndBigThatAPortIsLost() {
        engine.info = new PageInfo("jack", "TD-17 is unplugged", List.of("one"), List.of(), "");
        browser.await("alarm",
                () -> browser.find("#alarm").isDisplayed() && browser.text("alarm").equals("TD-17 is unplugged"));
        assertThat(Double.parseDouble(browser.find("#alarm").getCssValue("font-size").replace("px", ""))).isGreaterThan(30);
        assertThat(browser.find("#alarm").getDomAttribute("role")).isEqualTo("alert");
        assertThat(browser.find("#ports").getDomAttribute("class")).contains("bad");
        engine.info = new PageInfo("jack", "one", "");
        browser.await("all is well", () -> !browser.find("#alarm").isDisplayed()
                && !browser.find("#ports").getDomAttribute("class").contains("bad"));
    }

    @Test
    void shouldPlaySeveralPadsByKeysAndFingers() throws Exception {
        tab("here");
        browser.find("[name=pads][value='2']").click();
        browser.press("KeyQ");
        browser.press("KeyL");
        expectPad(Voice.KICK, 122);
        expectPad(Voice.SNARE, 92);
        browser.find("[name=pads][value='9']").click();
        browser.press("KeyA");
        browser.press("KeyL");
        browser.press("Space");
        expectPad(Voice.KICK, 92);
        expectPad(Voice.RIDE, 92);
        expectPad(Voice.SNARE, 92);
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", true, "maxTouchPoints", 5));
        double[] crash = middle(".pad:nth-child(8)");
        double[] hat = middle(".pad:nth-child(3)");
        browser.touch("touchStart", crash);
        browser.touch("touchStart", crash, hat);
        browser.touch("touchEnd");
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
        expectPad(Voice.CRASH, 122);
        expectPad(Voice.CLOSED_HAT, 122);
    }

    @Test
    void shouldBeWorkedByTouchOnAPhoneWithoutScrollingSideways() throws Exception {
        for (int width : new int[]{320, 390, 768, 844, 921, 1024}) {
            browser.resize(width, width == 844 ? 390 : 844, true);
            for (String tab : tabs()) {
                browser.script("document.getElementById(arguments[0]).click()", tab);
                Number wide = (Number) browser.script("return document.documentElement.scrollWidth");
                assertThat(wide.intValue())
                        .as("width of content, %s: %s", tab,
                                browser.script(
                                        """
                                                return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth)
                                                    .map(e => e.tagName + '#' + e.id + '.' + e.className).join()
                                                """))
                        .isLessThanOrEqualTo(width);
            }
            browser.script("scrollTo(0, 0)");
            if (width > 390) {
                continue;
            }
            for (String first : List.of("#pad", "#beat", "[data-c=FILL] button", "[data-c=PANIC] button")) {
                Number bottom = (Number) browser.script(
                        "return document.querySelector(arguments[0]).getBoundingClientRect().bottom", first);
                assertThat(bottom.doubleValue()).as("%s is on the first screen", first).isLessThan(844);
            }
        }
        browser.resize(390, 844, true);
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", true, "maxTouchPoints", 5));
        touch("[data-c=FILL] button");
        expect(Control.FILL, -1, Change.SET, 1);
        touch("[data-c=PART] label:nth-child(2)");
        expect(Control.PART, -1, Change.SET, 1);
        touch("#tab-voices");
        touch(".voice:nth-child(2) [data-c=MUTE] button");
        expect(Control.MUTE, 1, Change.TOGGLE, 0);
        browser.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
        Number small = (Number) browser
                .script("""
                        return [...document.querySelectorAll('button, .choices label, .knob, select, input[type=number]')]
                            .map(e => e.getBoundingClientRect()).filter(box => box.height > 0 && Math.min(box.height, box.width) < 32).length
                        """);
        assertThat(small.intValue()).as("parts too small for a finger").isZero();
    }

    @Test
    void shouldFitTheScreenAndBeReadFromTwoMetresInTheBigView() {
        engine.board.set(Knob.index(Control.MODE, 0), 1);
        browser.await("the longest word", () -> browser.text("mode").equals("together"));
        assertThat(isCut("#mode")).isEqualTo(false);
        browser.find("#big").click();
        assertThat(isCut("#mode")).isEqualTo(false);
        Number high = (Number) browser.script("return document.documentElement.scrollHeight");
        assertThat(high.intValue()).isLessThanOrEqualTo(900);
        for (String numeral : List.of("bar", "beat", "bpm", "part", "mode")) { // 65 px: capitals of a centimetre on a laptop
            String size = browser.find("#" + numeral).getCssValue("font-size");
            assertThat(Double.parseDouble(size.replace("px", ""))).as(numeral).isGreaterThan(65);
        }
        assertThat(browser.find("[data-c=FILL] button").isDisplayed()).isTrue();
        browser.find("#big").click();
        assertThat(browser.find(".drawer").isDisplayed()).isTrue();
    }

    @Test
    void shouldGoThroughTabsByArrows() {
        WebElement first = browser.find("#tab-feel");
        first.sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.find("#panel-voices").isDisplayed()).isTrue();
        assertThat(browser.find("#panel-feel").isDisplayed()).isFalse();
        browser.find("#tab-voices").sendKeys(Keys.END);
        assertThat(browser.find("#panel-health").isDisplayed()).isTrue();
        assertThat(engine.turns).as("no arrow went to the tempo").isEmpty();
    }

    @Test
    void shouldShowHowLateThingsAre() {
        engine.lateness.record(1_500_000);
        tab("health");
        browser.await("a histogram",
                () -> browser.text("timings").startsWith("Drums late1: p50 1.51 ms, p99 1.51 ms, at most 1.51 ms"));
        assertThat(browser.script("""
                return [...document.querySelectorAll('.column i')].map(bar => Number(bar.offsetHeight > 0)).join('')
                """)).isEqualTo("00000001000000");
    }

    /** Every tab, large and small, with an alarm and without, and while it learns. */
    @Test
    @SuppressWarnings("unchecked") // what a script returns
    void shouldHaveNoSeriousFaultThatAxeFinds() {
        engine.bindings = List.of(new Binding(Binding.Source.CC, 0, 64, Knob.of(Control.FILL), Binding.Action.MOMENTARY, 0));
        browser.addAxe();
        for (int width : new int[]{1440, 390}) {
            browser.resize(width, width == 390 ? 844 : 900, width == 390);
            for (String tab : tabs()) {
                browser.script("document.getElementById(arguments[0]).click()", tab);
                assertNoFault(width + " " + tab);
            }
        }
        browser.resize(1440, 900, false);
        engine.info = new PageInfo("jack", "TD-17 is unplugged", List.of("one"), List.of(), "");
        browser.await("alarm", () -> browser.find("#alarm").isDisplayed());
        browser.find("#learn").click();
        assertNoFault("alarm, learning");
        browser.find("#big").click();
        assertNoFault("big view");
    }

    private static void assertNoFault(String where) {
        List<?> faults = (List<?>) browser.asyncScript(
                """
                        const done = arguments[arguments.length - 1];
                        axe.run(document).then(({violations, passes}) => done(passes.length < 15 ? ['axe saw nothing'] : violations
                            .filter(fault => ['serious', 'critical'].includes(fault.impact))
                            .map(fault => fault.id + ': ' + fault.nodes.slice(0, 4).map(n => n.target + ' ' + n.failureSummary).join(' | '))));
                        """);
        assertThat(faults).as(where).isEmpty();
    }

    @SuppressWarnings("unchecked") // what a script returns
    private static List<String> tabs() {
        return (List<String>) browser.script("return [...document.querySelectorAll('[role=tab]')].map(tab => tab.id)");
    }

    private static void tab(String id) {
        browser.find("#tab-" + id).click();
    }

    private static WebElement widgetRoot(Control control) {
        return browser.find("[data-c=" + control + "]");
    }

    private static WebElement widget(Control control, String part) {
        return browser.find("[data-c=" + control + "] " + part);
    }

    private static boolean isPressed(WebElement button) {
        return "true".equals(button.getDomAttribute("aria-pressed"));
    }

    private static double[] middle(String selector) {
        List<?> at = (List<?>) browser.script("""
                const part = document.querySelector(arguments[0]);
                part.scrollIntoView({block: 'center'});
                const box = part.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
                """, selector);
        return at.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }

    private static Object isCut(String selector) {
        return browser.script("const e = document.querySelector(arguments[0]); return e.scrollWidth > e.clientWidth;",
                selector);
    }

    private static void touch(String selector) {
        browser.touch("touchStart", middle(selector));
        browser.touch("touchEnd");
    }

    private void expect(Control control, int voice, Change change, double value) throws InterruptedException {
        TestEngine.Turn turn = engine.turns.poll(PATIENCE, SECONDS);
        assertThat(turn).as("%s", control).isNotNull();
        assertThat(Arrays.asList(turn.control(), turn.voice(), turn.change(), turn.value()))
                .isEqualTo(Arrays.asList(control, voice, change, value));
    }

    private void expectPad(Voice voice, int velocity) throws InterruptedException {
        TestEngine.Pad pad = engine.pads.poll(PATIENCE, SECONDS);
        assertThat(pad).isNotNull();
        assertThat(MidiMessage.data1(pad.message())).as("note").isEqualTo(voice.note());
        assertThat(MidiMessage.data2(pad.message())).as("velocity").isEqualTo(velocity);
    }
}

package tapkit.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.Split;
import tapkit.evaluate.EvaluationSet;
import tapkit.listen.Listening;
import tapkit.listen.ListeningServer;
import tapkit.model.RandomModels;
import tapkit.train.SmallDataset;

/**
 * A listening test from the first clip to the result, by keys and by touch, in a real browser. With the system property
 * {@code tapkit.pictures} it leaves pictures of the page in that folder.
 */
class ListenInPageIT {
    private static final String CHOOSE = "#%s .choose";

    @TempDir
    private Path home;
    private String before;
    @AutoClose
    private Chromium browser;

    @BeforeEach
    void start() {
        before = System.getProperty("tapkit.home");
        System.setProperty("tapkit.home", home.toString());
        RandomModels.save(home.resolve("models/tap2drum.safetensors"), 1, 4, 1);
        browser = new Chromium();
        browser.resize(1000, 760, false);
    }

    @AfterEach
    void stop() {
        if (before == null) {
            System.clearProperty("tapkit.home");
        } else {
            System.setProperty("tapkit.home", before);
        }
    }

    @Test
    void shouldPlayBothClipsTakeAnswersAndShowTheOutcome() throws IOException {
        EvaluationSet set = new EvaluationSet(SmallDataset.write(home), Split.VALIDATION);
        Path answers = home.resolve("answers.csv");
        try (Listening listening = Listening.prepare(set, 3, false, 1, answers);
                ListeningServer server = ListeningServer.start(listening, 0)) {
            browser.visit(server.uri());
            awaitPair(1);
            browser.press("ArrowLeft"); // before anything was heard
            assertThat(browser.find(CHOOSE.formatted("left")).isEnabled()).isFalse();
            browser.press("KeyA");
            browser.await("sound", () -> browser.peak() > 0.05);
            browser.press("KeyB");
            assertThat(browser.find(CHOOSE.formatted("left")).isEnabled()).isTrue();
            picture("listen.png");
            browser.press("ArrowLeft");
            awaitPair(2);
            assertThat(Files.readAllLines(answers)).hasSize(2);

            browser.resize(390, 844, true);
            tap("#left .play");
            tap("#right .play");
            browser.await("heard both", () -> browser.find(CHOOSE.formatted("right")).isEnabled());
            picture("listen-phone.png");
            tap(CHOOSE.formatted("right"));
            awaitPair(3);

            // The page knows sounds and sides, and nothing else.
            String page = String.valueOf(browser.asyncScript("""
                    const done = arguments[0];
                    fetch("next").then((next) => next.text()).then((text) => done(text + document.documentElement.outerHTML));
                    """));
            assertThat(page).contains("\"pair\":2").doesNotContainIgnoringCase("tap2drum").doesNotContain("d1/s");
            assertThat(status("clip/0/left")).as("an answered pair").isEqualTo(404);

            browser.resize(1000, 760, false);
            browser.press("Digit1");
            browser.press("Digit2");
            browser.press("ArrowRight");
            browser.await("outcome", () -> browser.text("report").contains("tap2drum"));
            picture("listen-outcome.png");
            assertThat(browser.text("report")).isEqualTo(listening.report());
        }
        List<String> rows = Files.readAllLines(answers);
        assertThat(rows).hasSize(4);
        assertChosen(rows.get(1), 5);
        assertChosen(rows.get(2), 6);
        assertChosen(rows.get(3), 6);
        assertThat(browser.errors()).allMatch(error -> error.contains("clip/0/left"));
    }

    private void awaitPair(int number) {
        browser.await("pair " + number, () -> browser.text("link").equals("pair " + number + " of 3")
                && browser.find("#left .play").isEnabled());
    }

    private void tap(String selector) {
        Object at = browser.script("""
                const box = document.querySelector(arguments[0]).getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
                """, selector);
        List<?> place = (List<?>) at;
        double[] finger = {((Number) place.get(0)).doubleValue(), ((Number) place.get(1)).doubleValue()};
        browser.touch("touchStart", finger);
        browser.touch("touchEnd");
    }

    private int status(String path) {
        return ((Number) browser.asyncScript(
                "const done = arguments[1]; fetch(arguments[0]).then((answer) => done(answer.status));", path)).intValue();
    }

    private static void assertChosen(String row, int column) {
        String[] fields = row.split(",", -1);
        assertThat(fields[7]).as(row).isEqualTo(fields[column]);
    }

    private void picture(String name) throws IOException {
        String folder = System.getProperty("tapkit.pictures");
        if (folder != null) {
            browser.picture(Path.of(folder).resolve(name));
        }
    }
}

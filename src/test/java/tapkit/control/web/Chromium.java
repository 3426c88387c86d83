package tapkit.control.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import tapkit.Peers;

/** A real browser without a window, with a meter at its loudspeaker. */
public final class Chromium implements AutoCloseable {
    /** Hangs an analyser before the loudspeaker of every audio context that the page makes. */
    private static final String METER = """
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...rest) {
              if (to instanceof AudioDestinationNode && this.context instanceof AudioContext) {
                window.meter = new AnalyserNode(this.context, {fftSize: 32768});
                connect.call(this, window.meter);
              }
              return connect.call(this, to, ...rest);
            };
            """;
    /** Peak of the last two thirds of a second at the loudspeaker, 0 to 1. */
    private static final String PEAK = """
            const samples = new Float32Array(window.meter.fftSize);
            window.meter.getFloatTimeDomainData(samples);
            return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path profile;
    private final ChromeDriver driver;

    public Chromium() {
        Path browser = Peers.require("Debian: apt install chromium", "chromium", "chromium-browser", "google-chrome");
        Path chromedriver = Peers.require("Debian: apt install chromium-driver", "chromedriver");
        try {
            profile = Files.createTempDirectory("tapkit-chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--autoplay-policy=no-user-gesture-required", "--window-size=1280,900", "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile()).usingAnyFreePort()
                        .withSilent(true).build(),
                options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        devTools("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", METER));
    }

    public void open(URI page) {
        visit(page);
        await("connection", () -> text("link").equals("connected"));
    }

    void visit(URI page) {
        driver.get(page.toString());
    }

    /** Waits until the page knows the server's time better than this. */
    void awaitClock(double errorMillis) {
        await("clock", () -> text("accuracy").startsWith("within")
                && Double.parseDouble(text("accuracy").split(" ", 3)[1]) <= errorMillis);
    }

    public void leave() {
        driver.get("about:blank");
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** The text of the element with this id, shown or not. */
    public String text(String id) {
        return String.valueOf(script("return document.getElementById(arguments[0]).textContent", id));
    }

    public Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    /** Puts axe-core into the page: {@code axe.run}. */
    void addAxe() {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs code whose last argument is a function to be called with the result. */
    Object asyncScript(String code, Object... arguments) {
        return driver.executeAsyncScript(code, arguments);
    }

    double peak() {
        return ((Number) script(PEAK)).doubleValue();
    }

    void devTools(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    /** A physical key goes down; {@code code} as in KeyboardEvent.code, such as {@code Space} or {@code KeyF}. */
    void keyDown(String code, boolean repeat) {
        devTools("Input.dispatchKeyEvent", Map.of("type", "rawKeyDown", "code", code, "key", key(code), "autoRepeat", repeat));
    }

    void keyUp(String code) {
        devTools("Input.dispatchKeyEvent", Map.of("type", "keyUp", "code", code, "key", key(code)));
    }

    public void press(String code) {
        keyDown(code, false);
        keyUp(code);
    }

    void mouse(String type, double x, double y) {
        devTools("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }

    /** Fingers on the screen, each (x, y); none after {@code touchEnd}. */
    void touch(String type, double[]... fingers) {
        devTools("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints",
                Stream.of(fingers).map(at -> Map.of("x", at[0], "y", at[1], "id", at[0])).toList()));
    }

    public void resize(int width, int height, boolean phone) {
        devTools("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** A picture of what is on the screen, written beside and then moved, so that no half picture is left. */
    public void picture(Path file) throws IOException {
        Path made = driver.getScreenshotAs(OutputType.FILE).toPath();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.copy(made, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    public void await(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50)).withMessage(what).until(ignored -> condition.getAsBoolean());
    }

    /** What the page met since the last call: broken scripts, things that its policy forbids. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage).toList();
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // The browser may still be writing; what is left lies in the system's folder for temporary files.
        }
    }

    private static String key(String code) {
        return switch (code) {
            case "Space" -> " ";
            case "Digit1" -> "1";
            default -> code.startsWith("Key") ? code.substring(3).toLowerCase(Locale.ROOT) : code;
        };
    }
}

package tapkit.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Grid;
import tapkit.journal.JournalWriter;
import tapkit.model.Fills;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TrainedModel;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SessionScore;

/**
 * Makes {@code docs/examples/gig.session}, a short gig with the model that ships: answer, a fill, together, a port that is pulled for two
 * seconds, a loop that is overdubbed, break and ending, on a computer whose turns come unevenly; and {@code gig.mid}, what was played. To
 * make them anew, when the engine has learned to play otherwise, run
 * {@code ./mvnw test -Dtest=ExampleSessionTest -Dtapkit.write-examples}.
 */
final class ExampleSession {
    static final Path FILE = Path.of("docs", "examples", "gig.session");
    static final Path MIDI = Path.of("docs", "examples", "gig.mid");
    static final double BPM = 112;

    /** A character a sixteenth: X hard, o middling, - soft, . nothing. */
    private static final String ONE = "X-.oo..oX.-o..o.";
    private static final String OTHER = "X..oo.-oX..oX.oo";
    private static final long ZERO = SimulatedSession.BEGIN + 400 * SimulatedSession.MS;
    private static final double STEP = Grid.stepNanos(BPM);
    private static final int PAD = 38;
    private static final int LAST_BAR = 17;

    private ExampleSession() {
    }

    static void write() throws Exception {
        TrainedModel trained = Models.load(Models.TAP2DRUM);
        EngineSettings settings = new EngineSettings(ClockSource.INTERNAL, BPM, 0.3, 7,
                Map.of(Knob.of(Control.LOOP_BARS), 0.0, Knob.of(Control.OVERDUB), 1.0));
        SimulatedSession session = new SimulatedSession(settings,
                new Player(trained.open(InferenceEngine.VECTOR), trained.decoder()), Fills.shipped(), true);
        Random random = new Random(5);
        tap(session, random, 0, ONE);
        tap(session, random, 1, OTHER);
        press(session, 3.3, Control.FILL, 1);
        press(session, 4.2, Control.MODE, Mode.TOGETHER.ordinal());
        tap(session, random, 5, ONE);
        tap(session, random, 6, OTHER);
        press(session, 8.5, Control.PART, 1);
        press(session, 9.5, Control.MODE, Mode.LOOP.ordinal());
        press(session, 9.6, Control.CLEAR, 1);
        tap(session, random, 10, "X.......X.......");
        tap(session, random, 11, "....o.......o..-");
        press(session, 12.4, Control.DENSITY, 130);
        press(session, 13.4, Control.BREAK, 1);
        press(session, 14.9, Control.KEEP_LAST, 1);
        press(session, 15.2, Control.ENDING, 1);
        session.message(at(2.2), MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 4, 100));
        session.message(at(3.2), MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 4, 20));
        session.inferenceTakes(3 * SimulatedSession.MS);
        session.runUnevenly(at(7), random);
        session.drums.refuses = () -> true; // pulled
        session.runUnevenly(at(8), random);
        session.drums.refuses = () -> false;
        session.runUnevenly(at(LAST_BAR + 1), random);
        session.conductor.onClose();
        Map<String, String> fields = new TreeMap<>(session.journal().fields());
        fields.putAll(Map.of("began", "2026-01-17T21:00:00+01:00", "tapkit", "0.1.0", "models", Models.TAP2DRUM, "engine",
                "vector", "hi-hat-pedal", "foot", "models-sha256", HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(trained.file())))));
        Files.deleteIfExists(FILE);
        try (JournalWriter writer = JournalWriter.start(FILE, () -> fields)) {
            if (!writer.offer(session.records.toByteArray(), session.records.size())) {
                throw new IllegalStateException("too long an example");
            }
        }
        SessionScore score = new SessionScore(BPM);
        PlayedEvent event = new PlayedEvent();
        while (session.feed.poll(event)) {
            score.add(event);
        }
        MidiFile.write(MIDI, score.score());
    }

    private static long at(double bar) {
        return ZERO + Math.round(bar * Grid.STEPS_PER_BAR * STEP);
    }

    private static void press(SimulatedSession session, double bar, Control control, double value) {
        session.control(at(bar), control, value);
    }

    private static void tap(SimulatedSession session, Random random, int bar, String rhythm) {
        for (int step = 0; step < rhythm.length(); step++) {
            int velocity = switch (rhythm.charAt(step)) {
                case 'X' -> 108;
                case 'o' -> 76;
                case '-' -> 44;
                default -> 0;
            };
            if (velocity > 0) {
                long away = bar == 0 && step == 0 ? 0 : Math.round(10 * SimulatedSession.MS * random.nextGaussian());
                session.tap(at(bar) + Math.round(step * STEP) + away, PAD,
                        Math.clamp(Math.round(velocity + 7 * random.nextGaussian()), 1, 127));
            }
        }
    }
}

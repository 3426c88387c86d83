package tapkit.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiUnavailableException;
import tapkit.port.RealTime;
import tapkit.port.alsa.AlsaBackend;
import tapkit.port.jack.JackBackend;

/**
 * How punctual MIDI leaves this machine, by tapkit's ways and by two to compare with, all in the same window: what the machine does
 * meanwhile (other programs, a host that takes its cores away) happens to all of them. Their events are as far from each other as
 * they can be, so that they don't meet.
 */
public final class TimingBench {
    /** No multiple of a frame, a period or a millisecond, so that every phase comes by. */
    private static final long INTERVAL_NANOS = 9_973_000;
    private static final long AHEAD_NANOS = 250_000_000;
    private static final long FEED_MILLIS = 20;
    /** Where in the interval each way's events are. */
    private static final double FLOOR = 0.25;
    private static final double JACK = 0.5;
    private static final double ALSA = 0.625;
    private static final double SEQUENCER = 0.75;
    private static final double DIRECT_JACK = 0.375;
    private static final double DIRECT_THREAD = 0.875;

    private final JackBackend jack;
    private final Duration window;
    private final boolean loaded;
    private final Consumer<String> progress;

    /**
     * @param jack     the server to measure on, if it runs
     * @param window   how long to measure
     * @param loaded   whether to measure under {@link Load#DESCRIPTION}
     * @param progress takes a line now and then
     */
    public TimingBench(JackBackend jack, Duration window, boolean loaded, Consumer<String> progress) {
        this.jack = jack;
        this.window = window;
        this.loaded = loaded;
        this.progress = progress;
    }

    /** Measures; takes the window's time and some seconds. */
    public TimingReport run() throws IOException, InterruptedException {
        OptionalInt rate = jack.rate();
        if (rate.isEmpty()) {
            progress.accept("no JACK: " + jack.unavailable().orElse("the server is gone"));
        }
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        int events = (int) (window.toNanos() / INTERVAL_NANOS);
        try (JackPlayer jackPlayer = rate.isPresent() ? new JackPlayer(jack, rate.getAsInt()) : null;
                JackDirectPlayer jackDirect = rate.isPresent() ? new JackDirectPlayer(jack, rate.getAsInt()) : null;
                AlsaPlayer alsaPlayer = new AlsaBackend().unavailable().isEmpty() ? new AlsaPlayer(new AlsaBackend()) : null;
                ThreadPlayer thread = new ThreadPlayer();
                ThreadDirectPlayer threadDirect = new ThreadDirectPlayer();
                FloorPlayer floor = linux ? new FloorPlayer() : null;
                SequencerPlayer sequencer = new SequencerPlayer(new Timetable(0, INTERVAL_NANOS, events));
                Load load = loaded ? new Load() : null;
                GcPauses pauses = new GcPauses()) {
            TimeUnit.SECONDS.sleep(loaded ? 3 : 1); // what has just been started settles
            RealTime.raiseProgram(); // as play does
            progress.accept("measuring for " + window.toSeconds() + " s");
            Steal steal = new Steal();
            Timetable times = new Timetable(System.nanoTime() + 2 * AHEAD_NANOS, INTERVAL_NANOS, events);
            thread.begin(times);
            if (floor != null) {
                floor.play(times.shifted(FLOOR));
            }
            if (jackPlayer != null) {
                jackPlayer.begin(times.shifted(JACK));
                jackDirect.begin(times.shifted(DIRECT_JACK));
            }
            if (alsaPlayer != null) {
                alsaPlayer.begin(times.shifted(ALSA));
            }
            ThreadDirectPlayer.Run directRun = threadDirect.play(times.shifted(DIRECT_THREAD));
            int fed = feed(times, 0, thread, jackPlayer, jackDirect, alsaPlayer);
            TimeUnit.NANOSECONDS.sleep(times.shifted(SEQUENCER - 1).firstNanos() - System.nanoTime());
            sequencer.play();
            while (fed < events) {
                fed = feed(times, fed, thread, jackPlayer, jackDirect, alsaPlayer);
                TimeUnit.MILLISECONDS.sleep(FEED_MILLIS);
            }
            Punctuality threadResult = thread.await();
            double cpu = thread.cpuPercent();
            OptionalDouble stolen = steal.percent();
            TimeUnit.NANOSECONDS.sleep(AHEAD_NANOS); // the Sequencer may be late
            if (load != null) {
                progress.accept("load: " + load.activity());
            }
            Optional<JackFrames> frames = Optional.empty();
            Optional<DirectFrames> directFrames = Optional.empty();
            if (jackPlayer != null) {
                directFrames = Optional.of(jackDirect.await());
                frames = Optional.of(jackPlayer.await().with(jackDirect.callbacks()));
            }
            return new TimingReport(window.toSeconds(), INTERVAL_NANOS / 1e6, threadResult, cpu, sequencer.result(),
                    floor == null ? Optional.empty() : Optional.of(floor.await()), floor != null && floor.realTime(), frames,
                    alsaPlayer == null ? Optional.empty() : Optional.of(alsaPlayer.await()), directRun.await(), directFrames,
                    pauses.stop(), stolen, loaded ? Load.DESCRIPTION : "none",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        } catch (MidiUnavailableException | InvalidMidiDataException e) {
            throw new IllegalStateException("the JDK's Sequencer", e);
        }
    }

    /** Hands events over from one on as the engine does, well ahead of their time and no further; returns the next to hand over. */
    private static int feed(Timetable times, int from, ThreadPlayer thread, JackPlayer jack, JackDirectPlayer direct,
            AlsaPlayer alsa) {
        long horizon = System.nanoTime() + 3 * AHEAD_NANOS;
        int event = from;
        for (; event < times.events() && times.atNanos(event) < horizon; event++) {
            thread.send(event);
            if (jack != null) {
                jack.send(event);
                direct.send(event);
            }
            if (alsa != null) {
                alsa.send(event);
            }
        }
        return event;
    }
}

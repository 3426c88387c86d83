package tapkit.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.config.HostPort;
import tapkit.config.Output;
import tapkit.config.PresetPlayer;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.control.midi.BindingsFile;
import tapkit.control.midi.MidiControl;
import tapkit.control.osc.OscInput;
import tapkit.control.osc.OscOutput;
import tapkit.control.web.PageInfo;
import tapkit.control.web.PageSources;
import tapkit.control.web.WebAddress;
import tapkit.control.web.WebServer;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.engine.KitOutput;
import tapkit.engine.PadFilter;
import tapkit.engine.Player;
import tapkit.engine.Session;
import tapkit.engine.SessionJournal;
import tapkit.journal.SessionFolder;
import tapkit.model.Fills;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TrainedModel;
import tapkit.port.Backends;
import tapkit.port.MidiBackend;
import tapkit.port.MidiOutput;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.RealTime;
import tapkit.port.SyncOffsets;
import tapkit.port.jack.JackBackend;
import tapkit.port.loopback.LoopbackBackend;
import tapkit.tap.PadSettings;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.KeepLast;
import tapkit.telemetry.SessionRecorder;
import tapkit.telemetry.StatusReader;
import tapkit.telemetry.StatusSocket;

/**
 * Everything that runs while {@code tapkit play} does: opened in order, closed in the opposite one, also when the program is
 * ended from outside.
 */
final class PlaySession implements AutoCloseable {
    /**
     * What is wanted.
     *
     * @param models    names; the first plays first
     * @param recording where to record, or null
     * @param page      where the page is served; not at all if {@code web} is false
     * @param bindings  file of MIDI bindings, which need not be there
     * @param learn     the knob that the first MIDI message is bound to, if any
     * @param backends  where ports are looked for, best first
     * @param pads      how each input is read, by its number
     * @param output    how the drums leave
     * @param presets   their files, in order
     * @param osc       where OSC is taken, if anywhere
     * @param oscOut    where OSC is sent, if anywhere
     * @param sessions  where the session is kept, or null
     */
    record Plan(EngineSettings settings, List<String> models, InferenceEngine computes, PortPlan ports, SyncOffsets offsets,
            Path recording, boolean web, WebAddress page, Path bindings, Optional<Knob> learn, List<MidiBackend> backends,
            List<PadSettings> pads, Output output, List<Path> presets, Optional<HostPort> osc, Optional<HostPort> oscOut,
            SessionFolder sessions) {
    }

    private final Plan plan;
    private final Engine engine;
    private final PadFilter pads;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private final Thread atExit = new Thread(this::end, "tapkit-exit");
    private final MidiControl control;
    private volatile Optional<MidiSession> midi = Optional.empty();
    private Optional<SessionRecorder> recorder = Optional.empty();
    private volatile Optional<PresetPlayer> presets = Optional.empty();
    private Optional<OscInput> osc = Optional.empty();
    private Optional<SessionJournal> journal = Optional.empty();
    private Optional<URI> page = Optional.empty();
    private volatile List<String> models = List.of();
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private volatile Optional<Path> kept = Optional.empty();

    private PlaySession(Plan plan) {
        this.plan = plan;
        engine = new Engine(plan.settings());
        List<Binding> bound = BindingsFile.read(plan.bindings());
        control = new MidiControl(engine, engine.controls(), engine.openFeed(), bound, this::keep);
        pads = new PadFilter(plan.pads(), control);
    }

    static PlaySession open(Plan plan) {
        PlaySession session = new PlaySession(plan);
        Runtime.getRuntime().addShutdownHook(session.atExit);
        try {
            session.start();
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private void keep(List<Binding> bindings) {
        BindingsFile.write(plan.bindings(), bindings);
        Logger.info("MIDI bindings kept in {}", plan.bindings());
    }

    private void start() {
        if (plan.recording() != null) {
            recorder = Optional.of(opened(SessionRecorder.start(plan.recording(), engine.openFeed(), plan.settings().bpm())));
        }
        CompletableFuture<List<TrainedModel>> trained = beside("model",
                () -> plan.models().stream().map(Models::load).toList());
        CompletableFuture<List<Player>> players = trained.thenApply(models -> models.stream()
                .map(model -> new Player(model.openWarm(plan.computes()), model.decoder())).toList());
        CompletableFuture<Fills> fills = beside("fills", Fills::shipped);
        midi = openPorts();
        if (midi.isEmpty()) { // meanwhile the model gets ready
            servePage();
        }
        List<Player> warm = await(players);
        models = trained.join().stream().map(TrainedModel::name).toList();
        List<MidiOutput> drums = midi.map(m -> plan.offsets().drums(drums(m))).stream().toList();
        MidiOutput clock = midi.filter(m -> plan.ports().sendClock()).map(m -> plan.offsets().clock(m.clock())).orElse(null);
        journal = keepSession(Session.of(plan.settings(), drums, clock));
        opened(KeepLast.start(engine.openFeed(), this::keptFile, this::tellKept));
        // the engine is closed before the ports: it ends the notes while they are still there
        opened(engine);
        engine.start(warm, await(fills), drums, clock, journal.map(SessionJournal::sink).orElse(null));
        opened(control).start(midi.map(MidiSession::control).orElse(MidiOutput.NONE));
        plan.learn().ifPresent(knob -> engine.control(Control.LEARN, knob.index(), System.nanoTime()));
        if (!plan.presets().isEmpty()) {
            presets = Optional.of(opened(PresetPlayer.start(plan.presets(), engine, engine.openFeed())));
        }
        openOsc();
        long ready = System.currentTimeMillis();
        if (midi.isPresent()) { // last: a pad needs no page
            servePage();
        }
        tellStatus();
        RealTime.raiseProgram();
        describe(ready - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private Optional<SessionJournal> keepSession(Session session) {
        Optional<SessionJournal> kept = Optional.ofNullable(plan.sessions())
                .flatMap(folder -> SessionJournal.start(folder, LocalDateTime.now(ZoneId.systemDefault()), engine,
                        () -> SessionHeader.fields(plan, session)));
        kept.ifPresent(this::opened);
        return kept;
    }

    private void tellKept(Path file) {
        kept = Optional.of(file);
        news.add("kept the last two minutes: " + file);
    }

    /** What there is to tell that nobody asked for, each once. */
    Optional<String> news() {
        return Optional.ofNullable(news.poll());
    }

    /** The recording, and what of it was kept by a press. */
    private String recording() {
        String file = recorder.map(r -> r.file().toString()).orElse(kept.isEmpty() ? "" : "off");
        return file + kept.map(path -> "; last two minutes: " + path).orElse("");
    }

    /** A new file for the last minutes: beside the recording. */
    private Path keptFile() {
        Path recording = plan.recording() == null ? PlayFiles.newRecording() : plan.recording();
        return PlayFiles.newFile(recording.toAbsolutePath().getParent(), "-kept.mid");
    }

    /** Work on a thread of its own. */
    private static <T> CompletableFuture<T> beside(String what, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work,
                task -> Thread.ofPlatform().daemon().name("tapkit-start-" + what).start(task));
    }

    private void describe(long readyMillis) {
        lines.add("ports      " + midi.map(MidiSession::describe).orElse("none; play on the page"));
        page.ifPresent(uri -> lines.add("page       " + uri));
        plan.osc().ifPresent(at -> lines.add("osc        in " + at));
        plan.oscOut().ifPresent(to -> lines.add("osc        out " + to));
        lines.add("model      " + String.join(", ", models));
        lines.add("seed       " + plan.settings().seed());
        lines.add("recording  " + recorder.map(r -> r.file().toString()).orElse("none"));
        lines.add("session    " + journal.map(j -> j.file().toString()).orElse("not kept"));
        lines.add(switch (plan.settings().clock()) {
            case INTERNAL -> "clock      internal, %s bpm; your first tap %s".formatted(plan.settings().bpm(),
                    engine.controls().get(Control.COUNT_IN) > 0 ? "sets off the count-in" : "is beat 1");
            case MIDI -> "clock      waiting for MIDI clock and Start";
            case JACK -> "clock      JACK's transport";
            case TAP -> "clock      four taps count in";
        });
        lines.add("ready      %.2f s after the start".formatted(readyMillis / 1e3));
    }

    /** The MIDI ports; empty where there are none and the page will do. */
    private Optional<MidiSession> openPorts() {
        boolean followsJack = plan.settings().clock() == ClockSource.JACK;
        List<MidiBackend> backends = plan.backends().stream().filter(b -> !followsJack || b instanceof JackBackend).toList();
        MidiBackend backend = Backends.choose(backends, plan.ports());
        if (!(backend instanceof LoopbackBackend)) {
            SyncOffsets offsets = plan.offsets();
            PortPlan ports = followsJack ? plan.ports().following(offsets.transport(engine::transport)) : plan.ports();
            return Optional.of(opened(backend.open(ports, offsets.pad(pads), offsets.clock(engine::clock))));
        }
        boolean needed = !plan.web() || plan.ports().sendClock() || followsJack || plan.settings().clock() == ClockSource.MIDI;
        if (needed) {
            throw new UserError(
                    "there are no MIDI ports, which --no-web, --send-clock and --clock midi or jack need: " + backends.stream()
                            .map(b -> b.name() + ": " + b.unavailable().orElse("no ports")).collect(Collectors.joining("; ")));
        }
        return Optional.empty();
    }

    private MidiOutput drums(MidiSession session) {
        MidiOutput port = session.drums();
        if (plan.output().pedal() == Output.Pedal.FOOT) {
            pads.sendPedalTo(port);
        }
        return plan.output().equals(Output.DEFAULT)
                ? port
                : new KitOutput(port, plan.output().kit(), plan.output().pedal() == Output.Pedal.DRUMS);
    }

    private void servePage() {
        if (plan.web()) {
            page = Optional.of(opened(serve()).uri());
        }
    }

    /** What it says of ports, models and presets follows when they are there. */
    private WebServer serve() {
        return WebServer.start(plan.page(), PageSources.of(engine, () -> new PageInfo(
                midi.map(MidiSession::describe).orElse("No MIDI"), midi.flatMap(m -> m.health().problem()).orElse(""),
                models, presets.map(PresetPlayer::names).orElse(List.of()),
                recording()), control::bindings, control::unbind));
    }

    private void openOsc() {
        Optional<OscOutput> out = plan.oscOut().map(to -> opened(
                OscOutput.open(address(to), engine::snapshot, engine.controls(), engine.openFeed())));
        osc = plan.osc().map(at -> opened(
                OscInput.open(address(at), engine, () -> out.ifPresent(OscOutput::refresh))));
    }

    private static InetSocketAddress address(HostPort of) {
        return new InetSocketAddress(of.host(), of.port());
    }

    /** Where OSC comes in and goes to, in words. */
    private Optional<String> oscInWords() {
        List<String> words = new ArrayList<>();
        osc.ifPresent(in -> words.add(
                "in %s (%d taken, %d ignored)".formatted(plan.osc().orElseThrow(), in.taken(), in.ignored())));
        plan.oscOut().ifPresent(to -> words.add("out " + to));
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }

    /** For {@code tapkit status}. */
    private void tellStatus() {
        try {
            SessionStatus status = new SessionStatus(engine, pads::masked, midi, models, recorder, page, this::oscInWords);
            opened(StatusSocket.open(StatusReader.folders(System.getenv()).getFirst(), status::now));
        } catch (IOException | RuntimeException e) { // one can play without
            Logger.warn("tapkit status will not find this tapkit: {}", e.getMessage());
        }
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UserError userError) {
                throw userError;
            }
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        synchronized (open) {
            open.push(resource);
        }
        return resource;
    }

    Engine engine() {
        return engine;
    }

    /** The open ports, if there are any. */
    Optional<MidiSession> midi() {
        return midi;
    }

    /** Where the page is, if it is served. */
    Optional<URI> page() {
        return page;
    }

    /** What was opened, for people. */
    List<String> describe() {
        return lines;
    }

    /** Ends with all notes off. Calling it again does nothing. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the program is being ended: the hook does the same
        }
    }

    private void end() {
        EngineSnapshot played = engine.snapshot();
        synchronized (open) {
            if (!open.isEmpty() && played.taps() > 0) {
                Logger.info("{} taps, {} bars answered, {} skipped, {} hits, {} late, {} lost; hand-over after its time: {}",
                        played.taps(), played.answered(), played.skipped(), played.hits(), played.lateHits(),
                        played.lostEvents(),
                        engine.lateness().describe());
                if (pads.masked() > 0) {
                    Logger.info("{} strokes were taken for echoes, crosstalk or noise, as the settings of their pads say",
                            pads.masked());
                }
                if (engine.direct().isOn()) {
                    Logger.info("From a tap to its own drum: {}", engine.direct().latency().describe());
                }
            }
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    Logger.error("While closing: {}", e.getMessage());
                }
            }
        }
    }
}

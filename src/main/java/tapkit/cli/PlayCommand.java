package tapkit.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.clock.InternalClock;
import tapkit.config.Output;
import tapkit.config.Setting;
import tapkit.config.Settings;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.web.PageToken;
import tapkit.control.web.WebAddress;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Voice;
import tapkit.journal.SessionFolder;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.port.Backends;
import tapkit.port.MidiBackend;
import tapkit.port.PortPlan;
import tapkit.port.SyncOffsets;

/** {@code tapkit play}: the instrument. */
@Command(name = "play", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays: tap on a pad or on the page, and a drum kit answers. Ctrl-C ends.")
final class PlayCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE.toml",
            description = "Settings, kits and presets (docs/settings.md); the environment's TAPKIT_... and flags go before it")
    private Path config;

    @Option(names = "--in", paramLabel = "PORT",
            description = "Part of the name of a port that brings taps; may be repeated, also for a second pad of the same name")
    private List<String> in = new ArrayList<>();

    @Option(names = "--out", paramLabel = "PORT", description = "Part of the name of the port that the drums go to")
    private String out;

    @Option(names = "--clock", paramLabel = "SOURCE", defaultValue = "internal",
            description = "Where the tempo comes from: internal (the first tap is beat 1), midi (MIDI clock), jack (JACK's transport), or "
                    + "tap (four taps count in); default: ${DEFAULT-VALUE}")
    private ClockSource clock;

    @Option(names = "--bpm", paramLabel = "N", defaultValue = "120",
            description = "Tempo in quarter notes a minute, 20 to 300; default: ${DEFAULT-VALUE}")
    private double bpm;

    @Option(names = "--direct", arity = "0..1", fallbackValue = "", paramLabel = "VOICE",
            description = "Each tap sounds at once, before the kit's answer: the drum whose note the pad sends, else the snare; or "
                    + "always this one, such as kick or closed-hat")
    private String direct;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "answer",
            description = "answer (taps are answered in the next bar), together (they sound at once) or loop (they are recorded); "
                    + "default: ${DEFAULT-VALUE}")
    private String mode;

    @Option(names = "--count-in", paramLabel = "BARS",
            description = "Bars of clicks before the music starts, 0 to 4; start, or the first tap, sets them off; default: none")
    private Integer countIn;

    @Option(names = "--send-clock", description = "Send MIDI clock")
    private boolean sendClock;

    @Option(names = "--sync-offset", paramLabel = "PORT=MS",
            description = "Take a port's time to be so much later, or earlier if negative, -200 to 200 ms; the port is in (all "
                    + "pads), in1, in2 ..., out, clock-in or clock-out; may be repeated")
    private Map<String, Double> syncOffset = new TreeMap<>();

    @Option(names = "--model", paramLabel = "NAME", defaultValue = Models.TAP2DRUM,
            split = ",",
            description = "The model that answers; several, to choose from while playing; default: ${DEFAULT-VALUE}")
    private List<String> models = new ArrayList<>();

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "vector",
            description = "What computes the model: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private InferenceEngine engine;

    @Option(names = "--temperature", paramLabel = "X", defaultValue = "0",
            description = "0 plays what is likeliest, up to 2 plays more freely; default: ${DEFAULT-VALUE}")
    private double temperature;

    @Option(names = "--seed", paramLabel = "N",
            description = "The same seed and the same taps give the same drums; default: a new one, printed")
    private Long seed;

    @Option(names = "--bindings", paramLabel = "FILE",
            description = "What MIDI messages move which controls; default: tapkit/bindings in the folder of settings")
    private Path bindings;

    @Option(names = "--learn", paramLabel = "CONTROL",
            description = "The first MIDI message (a pedal, a fader, a pad) is bound to this control, such as fill or level.kick")
    private String learn;

    @Option(names = "--osc", paramLabel = "[HOST:]PORT",
            description = "Take OSC messages at this port of 127.0.0.1, or of another address of this machine (docs/osc.md)")
    private String osc;

    @Option(names = "--osc-out", paramLabel = "[HOST:]PORT",
            description = "Send OSC messages there, of what changes and what is played")
    private String oscOut;

    @CommandLine.ArgGroup
    private Recording recording = new Recording();

    @CommandLine.ArgGroup
    private Keeping journal = new Keeping();

    @CommandLine.ArgGroup
    private Web web = new Web();

    @Option(names = "--listen", paramLabel = "ADDRESS",
            description = "Serve the page on this address of this machine, so that phones and tablets which are told the printed "
                    + "token can play; 0.0.0.0: on all of them; default: 127.0.0.1, for this machine alone")
    private String listen;

    @Option(names = "--open", description = "Open the page in the browser")
    private boolean openPage;

    /** Where to record, or that it is not wanted. */
    static final class Recording {
        @Option(names = "--record", paramLabel = "FILE.mid",
                description = "Where everything played is recorded; default: a new file in a folder of sessions")
        private Path file;

        @Option(names = "--no-record", description = "Record nothing")
        private boolean none;
    }

    /** Where to keep the session, or that it is not wanted. */
    static final class Keeping {
        @Option(names = "--journal", paramLabel = "FOLDER",
                description = "Folder in which the session is kept for tapkit replay and export; default: where the system keeps what "
                        + "programs remember")
        private Path folder;

        @Option(names = "--no-journal", description = "Keep no session")
        private boolean none;
    }

    /** Where to serve the page, or that it is not wanted. */
    static final class Web {
        @Option(names = "--web-port", paramLabel = "N",
                description = "Port of the page; default: 8765 or a free one")
        private Integer port;

        @Option(names = "--no-web", description = "Serve no page")
        private boolean none;
    }

    private String clockIn;

    @Option(names = "--control-out", paramLabel = "PORT",
            description = "Part of the name of the port of a controller whose lights and motors follow the controls")
    private String controlOut;

    @Option(names = "--rehearse", hidden = true,
            description = "Start without ports, and end at once: fills the launcher's cache")
    private boolean rehearsal;

    @Override
    public Integer call() throws InterruptedException {
        if (rehearsal) {
            rehearse();
            return CommandLine.ExitCode.OK;
        }
        Map<Setting, String> given = given();
        Settings settings = Settings.of(config, System.getenv(), given);
        take(settings, given);
        require(bpm >= InternalClock.MIN_BPM && bpm <= InternalClock.MAX_BPM, "--bpm", bpm, "20 to 300");
        require(temperature >= 0 && temperature <= 2, "--temperature", temperature, "0 to 2");
        require(web.port == null || (web.port >= 0 && web.port <= 65_535), "--web-port", web.port, "0 to 65535");
        if (openPage && web.none) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--open and --no-web exclude each other");
        }
        Optional<Voice> directVoice = direct == null || direct.isEmpty() ? Optional.empty() : Voice.named(direct);
        require(direct == null || direct.isEmpty() || directVoice.isPresent(), "--direct", direct, "one of "
                + Arrays.stream(Voice.values()).map(Voice::label).collect(Collectors.joining(", ")));
        long chosenSeed = seed != null ? seed : ThreadLocalRandom.current().nextInt(1_000_000);
        PrintWriter say = spec.commandLine().getOut();
        PlaySession.Plan plan = new PlaySession.Plan(new EngineSettings(clock, bpm, temperature, chosenSeed, knobs(settings)),
                models,
                engine,
                new PortPlan(in, out, clockIn, sendClock).telling(controlOut), syncOffsets(),
                recording.none ? null : recordTo(), !web.none,
                pageAddress(),
                bindings == null ? PlayFiles.usualBindings() : bindings, Optional.ofNullable(learn).map(this::knob),
                Backends.all(), settings.pads(), settings.output(), settings.presets(),
                settings.address(Setting.OSC), settings.address(Setting.OSC_OUT), sessions());
        try (PlaySession session = PlaySession.open(plan)) {
            directVoice.ifPresent(session.engine().direct()::playAlways);
            session.describe().forEach(say::println);
            say.flush();
            if (openPage) {
                session.page().ifPresent(Browser::open);
            }
            return new PlayStatus(session, spec.commandLine().getErr()).show()
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private WebAddress pageAddress() {
        OptionalInt port = web.port == null ? OptionalInt.empty() : OptionalInt.of(web.port);
        if (listen == null) {
            return WebAddress.local(port);
        }
        InetAddress address = WebAddress.ofThisMachine(listen);
        return new WebAddress(address, port, address.isLoopbackAddress()
                ? Optional.empty()
                : Optional.of(PageToken.kept(PlayFiles.usualBindings().resolveSibling("page-token"))));
    }

    private Map<Knob, Double> knobs(Settings settings) {
        Knob knob = Knob.of(Control.MODE);
        try {
            Map<Knob, Double> knobs = new HashMap<>(settings.controls());
            if (spec.commandLine().getParseResult().hasMatchedOption("--mode")) {
                knobs.put(knob, knob.parse(mode));
            }
            if (countIn != null) {
                Knob bars = Knob.of(Control.COUNT_IN);
                knobs.put(bars, bars.parse(countIn.toString()));
            }
            if (direct != null) {
                knobs.put(Knob.of(Control.DIRECT), 1.0);
            }
            return knobs;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private Knob knob(String name) {
        return Knob.named(name).orElseThrow(() -> new CommandLine.ParameterException(spec.commandLine(),
                "no control is called " + name + "; there are "
                        + Knob.ALL.stream().map(Knob::label).collect(Collectors.joining(", "))));
    }

    /** Loads what a start loads, but opens no port that others could see, and a page at a port where nobody looks for it. */
    private void rehearse() {
        EngineSettings settings = new EngineSettings(ClockSource.INTERNAL, bpm, temperature, 0);
        PortPlan nothing = new PortPlan(List.of(), null, null, false);
        PlaySession.Plan plan = new PlaySession.Plan(settings, models, engine, nothing, SyncOffsets.NONE, null, true,
                WebAddress.local(OptionalInt.of(0)),
                PlayFiles.usualBindings(), Optional.empty(), List.of(), List.of(), Output.DEFAULT, List.of(),
                Optional.empty(), Optional.empty(), null);
        PlaySession.open(plan).close();
        Backends.all().forEach(MidiBackend::unavailable);
    }

    private SyncOffsets syncOffsets() {
        try {
            return new SyncOffsets(syncOffset);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--sync-offset: " + e.getMessage(), e);
        }
    }

    /** What stands on the command line. */
    private Map<Setting, String> given() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (CommandLine.Model.OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String value = option.typeInfo().isBoolean()
                    ? "true"
                    : option.isMultiValue() ? Settings.join(option.stringValues()) : option.originalStringValues().getLast();
            for (String name : option.names()) {
                Setting.ofFlag(name).ifPresent(setting -> given.put(setting, value));
            }
        }
        return given;
    }

    /** Takes every setting, wherever it was given. */
    private void take(Settings settings, Map<Setting, String> given) {
        in = settings.ins();
        out = settings.text(Setting.OUT).orElse(null);
        clockIn = settings.text(Setting.CLOCK_IN).orElse(null);
        controlOut = settings.text(Setting.CONTROL_OUT).orElse(null);
        sendClock = settings.isOn(Setting.SEND_CLOCK);
        clock = settings.choice(Setting.CLOCK, ClockSource.class);
        bpm = settings.number(Setting.BPM);
        models = Settings.list(settings.text(Setting.MODEL).orElseThrow());
        engine = settings.choice(Setting.ENGINE, InferenceEngine.class);
        temperature = settings.number(Setting.TEMPERATURE);
        seed = settings.text(Setting.SEED).map(Long::valueOf).orElse(null);
        recording.file = settings.text(Setting.RECORD).map(Path::of).orElse(null);
        recording.none = settings.isOn(Setting.NO_RECORD) && !given.containsKey(Setting.RECORD);
        journal.folder = settings.text(Setting.JOURNAL).map(Path::of).orElse(null);
        journal.none = settings.isOn(Setting.NO_JOURNAL) && !given.containsKey(Setting.JOURNAL);
        web.port = settings.text(Setting.WEB_PORT).map(Double::valueOf).map(Double::intValue).orElse(null);
        listen = settings.text(Setting.LISTEN).orElse(null);
        web.none = settings.isOn(Setting.NO_WEB) && !given.containsKey(Setting.WEB_PORT);
        openPage = settings.isOn(Setting.OPEN);
    }

    private SessionFolder sessions() {
        return journal.none ? null : journal.folder == null ? SessionFolder.usual() : new SessionFolder(journal.folder);
    }

    private Path recordTo() {
        return recording.file == null ? PlayFiles.newRecording() : recording.file;
    }

    private void require(boolean ok, String option, Object value, String range) {
        if (!ok) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " is " + value + "; it must be " + range);
        }
    }
}

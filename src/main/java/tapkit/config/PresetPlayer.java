package tapkit.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/**
 * Plays a set list: when the control {@code preset} changes, or next or previous is pressed, the controls are set as that song's
 * file says. A file that changes while it plays is read again; one that is wrong then is told of, and the old values stay. Has a
 * thread of its own, which never keeps the engine waiting.
 */
public final class PresetPlayer implements AutoCloseable {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TURNS_TO_A_LOOK = 25;
    private static final FileTime NEVER = FileTime.fromMillis(0);

    private final List<Path> files;
    private final List<Preset> presets = new ArrayList<>();
    private final List<String> names;
    private final List<FileTime> times = new ArrayList<>();
    private final EngineInput engine;
    private final PlayedFeed feed;
    private final PlayedEvent event = new PlayedEvent();
    private final Thread thread = Thread.ofPlatform().daemon().name("tapkit-presets").unstarted(this::run);
    private volatile boolean closed;
    private int current = -1;

    PresetPlayer(List<Path> files, EngineInput engine, PlayedFeed feed) {
        this.files = List.copyOf(files);
        this.engine = engine;
        this.feed = feed;
        for (Path file : files) {
            presets.add(Preset.read(file));
            times.add(time(file));
        }
        names = presets.stream().map(Preset::name).toList();
    }

    /**
     * Starts with the first.
     *
     * @param feed what happens to controls; read by this player alone
     * @throws UserError if a file is wrong
     */
    public static PresetPlayer start(List<Path> files, EngineInput engine, PlayedFeed feed) {
        PresetPlayer player = new PresetPlayer(files, engine, feed);
        player.choose(0);
        player.thread.start();
        return player;
    }

    /** Names of the presets that were read at the start, in order. */
    public List<String> names() {
        return names;
    }

    private void run() {
        for (int turn = 0; !closed; turn++) {
            hear();
            if (turn % TURNS_TO_A_LOOK == 0) {
                look();
            }
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    /** Does what was asked for since the last call. */
    void hear() {
        while (feed.poll(event)) {
            if (event.kind == PlayedEvent.Kind.CONTROL) {
                switch (Knob.ALL.get(event.knob).control()) {
                    case PRESET -> choose((int) event.value);
                    case PRESET_NEXT -> choose(Math.min(current + 1, presets.size() - 1));
                    case PRESET_PREVIOUS -> choose(Math.max(current - 1, 0));
                    default -> {
                        // nothing of presets
                    }
                }
            }
        }
    }

    /** Reads again what has changed. */
    void look() {
        for (int i = 0; i < files.size(); i++) {
            FileTime now = time(files.get(i));
            if (now.equals(times.get(i)) || now.equals(NEVER)) {
                continue;
            }
            times.set(i, now);
            try {
                presets.set(i, Preset.read(files.get(i)));
                if (i == current) {
                    apply();
                }
            } catch (UserError e) {
                Logger.warn("{}; {} stays as it was", e.getMessage(), presets.get(i).name());
            }
        }
    }

    private void choose(int wanted) {
        if (wanted == current || wanted < 0 || wanted >= presets.size()) {
            return;
        }
        current = wanted;
        apply();
        // so that page and controllers show it; it comes back by the feed, and is what it is already
        engine.control(Control.PRESET, current, System.nanoTime());
    }

    private void apply() {
        Preset preset = presets.get(current);
        Logger.info("Preset {}: {}", current, preset.name());
        long now = System.nanoTime();
        preset.values().forEach((knob, value) -> engine.control(knob.control(), knob.voice(), Change.SET, value, now));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return NEVER; // an editor is just replacing it
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

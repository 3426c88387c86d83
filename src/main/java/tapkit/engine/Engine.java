package tapkit.engine;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.journal.RecordSink;
import tapkit.model.Decoder;
import tapkit.model.Fills;
import tapkit.model.TapModel;
import tapkit.port.MidiOutput;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.SnapshotCell;

/**
 * A running instrument: the engine's thread, the model's, and the rings around them (drawn in the package's description). Make
 * it, open the ports with it as their receiver, start it with their outputs. All methods may be called from any thread; what comes
 * in before {@link #start} is dropped.
 */
public final class Engine implements EngineInput, AutoCloseable {
    /** How long the engine's thread sleeps when there is nothing to do: the hand-over lead is a hundred times that. */
    private static final long ENGINE_PARK_NANOS = 500_000;
    /** The model's thread is woken by questions; this is for a wake-up that it slept through. */
    private static final long MODEL_PARK_NANOS = 50_000_000;

    private final EngineSettings settings;
    private final Feeds feeds = new Feeds();
    private final SnapshotCell cell;
    private final ControlBoard board;
    private final Lateness lateness = new Lateness();
    private final DirectPath direct = new DirectPath();
    private volatile List<MidiOutput> drums = List.of();
    private List<Player> players = List.of();
    private AgentThread modelThread;
    private AgentThread engineThread;
    private long closingNanos;
    private EngineJournal notes = new EngineJournal(null);
    private volatile InputRing inputs;
    private volatile Throwable failure;

    public Engine(EngineSettings settings) {
        this.settings = settings;
        board = settings.board();
        cell = new SnapshotCell(settings.clock().name().toLowerCase(Locale.ROOT));
    }

    /**
     * Starts with one model, and plain fills.
     *
     * @see #start(List, Fills, List, MidiOutput)
     */
    public void start(TapModel tapModel, Decoder decoder, List<MidiOutput> drumOutputs, MidiOutput clockOutput) {
        start(List.of(new Player(tapModel, decoder)), Fills.PLAIN, drumOutputs, clockOutput);
    }

    /**
     * Starts with fills, and no journal.
     *
     * @see #start(List, Fills, List, MidiOutput, RecordSink)
     */
    public void start(List<Player> tapModels, Fills fills, List<MidiOutput> drumOutputs, MidiOutput clockOutput) {
        start(tapModels, fills, drumOutputs, clockOutput, null);
    }

    /**
     * Starts the threads.
     *
     * @param tapModels   at least one, the first of which plays first; they are the engine's from now on, and closed with it
     * @param fills       what fills are drawn from
     * @param drumOutputs where the drums go; may be empty when a page listens to a feed
     * @param clockOutput where MIDI clock goes, or null
     * @param journal     takes what a replay needs, or null
     */
    public synchronized void start(List<Player> tapModels, Fills fills, List<MidiOutput> drumOutputs, MidiOutput clockOutput,
            RecordSink journal) {
        if (engineThread != null) {
            throw new IllegalStateException("started already");
        }
        drums = List.copyOf(drumOutputs);
        direct.sendTo(drums);
        players = List.copyOf(tapModels);
        closingNanos = clockOutput == null ? 0 : 2 * clockOutput.leadNanos() + clockOutput.delayNanos();
        ModelLoop modelLoop = new ModelLoop(new Responder(players));
        modelThread = new AgentThread(modelLoop, MODEL_PARK_NANOS, this::failed);
        modelLoop.wakeWith(modelThread::wake);
        notes = new EngineJournal(journal);
        Conductor conductor = new Conductor(settings, modelLoop, fills::draw, drums, direct, clockOutput, feeds, cell, board,
                lateness, notes);
        engineThread = new AgentThread(conductor, ENGINE_PARK_NANOS, this::failed);
        modelThread.start();
        engineThread.start();
        inputs = conductor.inputs();
    }

    /** With the direct path on, the tap's own drum has left when this returns. */
    @Override
    public void pad(int message, long atNanos) {
        InputRing in = inputs;
        if (in != null) {
            in.pad(message, direct.strike(message, atNanos), atNanos);
        }
    }

    /** A tap's own drum, at once. */
    public DirectPath direct() {
        return direct;
    }

    @Override
    public void clock(int message, long atNanos) {
        EngineInput in = inputs;
        if (in != null) {
            in.clock(message, atNanos);
        }
    }

    /** Where a transport is; see {@link tapkit.port.TransportReceiver}. */
    public void transport(boolean rolling, double beat, double seconds, double bpm, long atNanos) {
        InputRing in = inputs;
        if (in != null) {
            in.transport(rolling, beat, seconds, bpm, atNanos);
        }
    }

    @Override
    public void control(Control control, int voice, Change change, double value, long atNanos) {
        EngineInput in = inputs;
        if (in != null) {
            in.control(control, voice, change, value, atNanos);
        }
    }

    /** What every control stands at. */
    public ControlBoard controls() {
        return board;
    }

    /** The state now. */
    public EngineSnapshot snapshot() {
        return cell.read(System.nanoTime());
    }

    /** A feed of everything that is played from now on, for one reader. */
    public PlayedFeed openFeed() {
        return feeds.open();
    }

    /** How much later than the port wishes drums were handed over. */
    public Lateness lateness() {
        return lateness;
    }

    /** What ended the engine, or null while it is well. */
    public Throwable failure() {
        return failure;
    }

    /** Whether anything came in; once it is closed. */
    synchronized boolean heardAnything() {
        return notes.anyInput();
    }

    /** Records that the journal had no room for; once it is closed. */
    synchronized long unnoted() {
        return notes.refusedRecords();
    }

    private void failed(Throwable cause) {
        failure = cause;
        Logger.error(cause, "The engine failed; all notes off");
        drums.forEach(MidiOutput::silence);
    }

    /** Ends with all notes off. Calling it again does nothing. */
    @Override
    public synchronized void close() {
        inputs = null;
        if (engineThread != null) {
            engineThread.close();
            modelThread.close();
            players.forEach(player -> player.model().close());
            LockSupport.parkNanos(closingNanos); // the ports may be closed next: Stop is to leave before
            closingNanos = 0;
        }
    }
}

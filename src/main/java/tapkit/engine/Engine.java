package tapkit.engine;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import tapkit.control.Control;
import tapkit.model.Decoder;
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
    private final Lateness lateness = new Lateness();
    private final DirectPath direct = new DirectPath();
    private volatile List<MidiOutput> drums = List.of();
    private TapModel model;
    private AgentThread modelThread;
    private AgentThread engineThread;
    private long closingNanos;
    private volatile InputRing inputs;
    private volatile Throwable failure;

    public Engine(EngineSettings settings) {
        this.settings = settings;
        cell = new SnapshotCell(settings.clock().name().toLowerCase(Locale.ROOT));
    }

    /**
     * Starts the threads.
     *
     * @param tapModel    is the engine's from now on, and closed with it
     * @param drumOutputs where the drums go; may be empty when a page listens to a feed
     * @param clockOutput where MIDI clock goes, or null
     */
    public synchronized void start(TapModel tapModel, Decoder decoder, List<MidiOutput> drumOutputs, MidiOutput clockOutput) {
        if (engineThread != null) {
            throw new IllegalStateException("started already");
        }
        drums = List.copyOf(drumOutputs);
        direct.sendTo(drums);
        model = tapModel;
        closingNanos = clockOutput == null ? 0 : 2 * clockOutput.leadNanos();
        ModelLoop modelLoop = new ModelLoop(new Responder(model, decoder));
        modelThread = new AgentThread(modelLoop, MODEL_PARK_NANOS, this::failed);
        modelLoop.wakeWith(modelThread::wake);
        Conductor conductor = new Conductor(settings, modelLoop, drums, clockOutput, feeds, cell, lateness);
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

    @Override
    public void control(Control control, double value, long atNanos) {
        EngineInput in = inputs;
        if (in != null) {
            in.control(control, value, atNanos);
        }
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
            model.close();
            LockSupport.parkNanos(closingNanos); // the ports may be closed next: Stop is to leave before
            closingNanos = 0;
        }
    }
}

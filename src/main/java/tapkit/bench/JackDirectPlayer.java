package tapkit.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tapkit.port.CallbackTimes;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;

/**
 * Taps' own drums on a JACK server. A first client taps, each tap in a known frame; a second is tapkit as it plays with {@code
 * --direct}; a third is connected to both and notes the frames in which tap and drum are in its buffers.
 */
final class JackDirectPlayer implements AutoCloseable {
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final int DRUMS = 1;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final MidiSession hands;
    private final MidiSession player;
    private final MidiSession ears;
    private final long halfFrameNanos;
    private CallbackTimes callbacksBefore;
    private Timetable timetable = new Timetable(0, 0, 0);
    private volatile Numbered taps = new Numbered(DirectRig::tap, 0);
    private volatile Numbered drums = new Numbered(DirectRig::drum, 0);

    /** @param rate the server's frames a second */
    JackDirectPlayer(JackBackend jack, int rate) {
        halfFrameNanos = 500_000_000L / rate;
        String handsName = unique("tapkit-hands");
        String playerName = unique("tapkit-direct");
        DirectRig rig = new DirectRig();
        try {
            hands = opened(jack.named(handsName).open(plan(List.of()), NOBODY, NOBODY));
            player = opened(jack.named(playerName).open(plan(List.of(handsName + ":drums out")), rig.pads(), rig.clock()));
            ears = opened(jack.named(unique("tapkit-direct-ears")).open(
                    plan(List.of(handsName + ":drums out", playerName + ":drums out")), this::heard, NOBODY));
            opened(rig);
            rig.start(player.drums());
            callbacksBefore = all();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** A client's name that no other program has, so that a port of it can be named. */
    static String unique(String name) {
        return name + "-" + ProcessHandle.current().pid();
    }

    private static PortPlan plan(List<String> in) {
        return new PortPlan(in, null, null, false);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    void begin(Timetable times) {
        timetable = times;
        callbacksBefore = all();
        taps = new Numbered(DirectRig::tap, times.events());
        drums = new Numbered(DirectRig::drum, times.events());
    }

    void send(int event) {
        hands.drums().send(DirectRig.tap(event), timetable.atNanos(event));
    }

    private void heard(int message, long atNanos) {
        if (MidiMessage.input(message) == DRUMS) {
            drums.came(MidiMessage.from(0, message), atNanos);
        } else {
            taps.came(message, atNanos);
        }
    }

    /** What came of it; waits for the last drum, for two seconds after its time at most. */
    DirectFrames await() throws InterruptedException {
        long deadline = timetable.atNanos(timetable.events()) + PATIENCE_NANOS;
        while (!drums.isComplete() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long[] later = IntStream.range(0, timetable.events()).filter(event -> !taps.isMissing(event) && !drums.isMissing(event))
                .mapToLong(event -> drums.atNanos(event) - taps.atNanos(event)).toArray();
        long sameFrame = IntStream.range(0, later.length).filter(i -> Math.abs(later[i]) <= halfFrameNanos).count();
        long missing = IntStream.range(0, timetable.events()).filter(event -> !taps.isMissing(event) && drums.isMissing(event))
                .count();
        return new DirectFrames(Punctuality.of(later), sameFrame, missing);
    }

    /** How long the server waited for all three, since the beginning. */
    CallbackTimes callbacks() {
        return all().since(callbacksBefore);
    }

    private CallbackTimes all() {
        return hands.callbacks().orElseThrow().plus(player.callbacks().orElseThrow()).plus(ears.callbacks().orElseThrow());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the direct path did not end well", e);
            }
        }
    }
}

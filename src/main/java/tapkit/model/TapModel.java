package tapkit.model;

import tapkit.grid.TapWindow;

/**
 * A network for Tap2Drum: two bars of taps in, a {@link Prediction} out. Not thread safe: an instance belongs to one thread, and
 * {@link #predict} neither allocates nor locks. What is played is decided afterwards by a {@link Decoder}.
 */
public interface TapModel extends AutoCloseable {
    /** Fills {@code out} for these taps; both stay the caller's. */
    void predict(TapWindow taps, Prediction out);

    @Override
    default void close() {
    }
}

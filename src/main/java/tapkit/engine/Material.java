package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/** What a part of the song plays: the phrase that is answered, or the loop. Not thread safe; does not allocate. */
final class Material {
    /** Two bars of taps whose answer is repeated; means nothing unless {@link #hasPhrase}. */
    final TapWindow phrase = new TapWindow();
    boolean hasPhrase;
    /** The bar in which the phrase was answered first, or a loop of two bars began. */
    long phraseBar;
    /** Taps of together and loop. */
    final TapLoop loop = new TapLoop();
    /** A bar of the song in which the loop begins. */
    long origin;
    /** Whether the loop is what is played, else the phrase. */
    boolean looped;
    /** The other end of a morph between snapshots, from the phrase; its share is a control. */
    final TapWindow other = new TapWindow();
    boolean morphs;

    boolean isEmpty() {
        return looped ? loop.isEmpty() : !hasPhrase;
    }

    void clear() {
        hasPhrase = false;
        morphs = false;
        loop.reset(loop.bars());
    }

    /** Which time round the loop is in a bar. */
    long pass(long bar, double speed) {
        return (long) Math.floor((bar - origin) * speed / loop.bars());
    }

    /**
     * From phrase to loop, or back.
     *
     * @param bar        from which on it is played so
     * @param phraseBars of an empty loop
     * @param speed      of the loop
     */
    void convert(boolean toLoop, long bar, int phraseBars, double speed) {
        if (looped == toLoop) {
            return;
        }
        if (!toLoop) {
            hasPhrase = !loop.isEmpty();
            if (hasPhrase) {
                phraseBar = origin + Math.floorDiv(bar - origin, 2L) * 2;
                loop.window(phraseBar - origin, speed, true, phrase);
            }
        } else if (hasPhrase) {
            origin = phraseBar;
            loop.set(phrase, Grid.BARS, pass(bar, speed));
        } else {
            loop.reset(phraseBars);
        }
        looped = toLoop;
    }

    void copyFrom(Material from) {
        phrase.copyFrom(from.phrase);
        hasPhrase = from.hasPhrase;
        phraseBar = from.phraseBar;
        loop.copyFrom(from.loop);
        origin = from.origin;
        looped = from.looped;
        other.copyFrom(from.other);
        morphs = from.morphs;
    }
}

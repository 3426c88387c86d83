package tapkit.engine;

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

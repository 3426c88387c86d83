package tapkit.engine;

import java.util.Arrays;

/** The parts of the song, each with its groove and its history. Not thread safe; does not allocate. */
final class Parts {
    private static final int PARTS = 3;

    private final Material[] parts = new Material[PARTS];
    private final History[] histories = new History[PARTS];
    private int playing;

    /** @param looped whether loops are played, else phrases */
    Parts(int playing, boolean looped) {
        this.playing = playing;
        Arrays.setAll(parts, i -> new Material());
        Arrays.setAll(histories, i -> new History());
        for (Material part : parts) {
            part.looped = looped;
        }
    }

    /** What is played. */
    Material now() {
        return parts[playing];
    }

    int playing() {
        return playing;
    }

    Material of(int part) {
        return parts[part];
    }

    /** Whether a part is another than this one, with a groove of its own. */
    boolean isElsewhere(int part) {
        return part != playing && !parts[part].isEmpty();
    }

    void goTo(int part) {
        playing = part;
    }

    /** Keeps what is played, which is about to change. */
    void keep() {
        histories[playing].keep(now());
    }

    /** Goes back to what was kept last; false if there is nothing. */
    boolean undo() {
        return histories[playing].undo(now());
    }

    /** Takes back an undo; false if there is none. */
    boolean redo() {
        return histories[playing].redo(now());
    }

    /** The count of bars begins anew at a bar, and all parts with it. */
    void jump(long bar) {
        for (Material part : parts) {
            part.phraseBar = Math.max(0, bar);
            part.origin = Math.max(0, bar);
        }
    }
}

package tapkit.tap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tapkit.grid.Voice;

/**
 * Which notes a drum kit sends for its pads, and which it plays. Each voice has any number of notes; the first is the one that
 * the kit is played with. A note that no voice has is still a tap, only not of a known drum. Immutable.
 */
public final class KitMap {
    /** General MIDI's percussion notes, and those that Roland adds to them: what tapkit itself speaks. */
    public static final KitMap GM = of("gm", Map.of());
    /** Roland V-Drums (TD-11, TD-17, TD-27): General MIDI, rims and edges, hi-hat edges 22 and 26. */
    public static final KitMap ROLAND = of("roland", Map.of());
    /** Alesis (Nitro, Surge, Command, Strike): General MIDI, a half-open hi-hat of 23, a splash of 21. */
    public static final KitMap ALESIS = of("alesis", Map.of(Voice.LOW_TOM, List.of(41, 43, 39, 58), Voice.OPEN_HAT,
            List.of(46, 26, 23), Voice.CRASH, List.of(49, 55, 57, 52, 21)));
    /**
     * Yamaha DTX: kick 33 and snare 31 with rims 34 and 37; of the DTX502 also its other notes, for hi-hat edges and cups from 78
     * on, and the bow of its crash, which is a ride's edge elsewhere.
     */
    public static final KitMap YAMAHA = of("yamaha",
            Map.of(Voice.KICK, List.of(33, 36, 35), Voice.SNARE, List.of(31, 34, 37, 38, 40, 27), Voice.CLOSED_HAT,
                    List.of(42, 44, 79, 86), Voice.OPEN_HAT, List.of(46, 78, 85, 83), Voice.MID_TOM, List.of(47, 45),
                    Voice.CRASH, List.of(49, 57, 55, 59), Voice.RIDE, List.of(51, 52, 53)));
    /** Those that come with tapkit. */
    public static final List<KitMap> BUILT_IN = List.of(GM, ROLAND, ALESIS, YAMAHA);

    private static final int NOTES = 128;
    private static final int[] NONE = {};

    private final String name;
    private final Map<Voice, int[]> notes = new EnumMap<>(Voice.class);
    private final byte[] voices = new byte[NOTES];

    private KitMap(String name, Map<Voice, List<Integer>> notes) {
        this.name = name;
        Arrays.fill(voices, (byte) -1);
        notes.forEach((voice, its) -> {
            this.notes.put(voice, its.stream().mapToInt(Integer::intValue).toArray());
            for (int note : its) {
                if (note < 0 || note >= NOTES) {
                    throw new IllegalArgumentException(voice.label() + " has the note " + note + "; notes are from 0 to 127");
                }
                if (voices[note] >= 0 && voices[note] != voice.ordinal()) {
                    throw new IllegalArgumentException(
                            "note " + note + " belongs to " + Voice.of(voices[note]).label() + " and to "
                                    + voice.label());
                }
                voices[note] = (byte) voice.ordinal();
            }
        });
    }

    /** A kit with these notes, and for voices that are left out with tapkit's own as far as they are free. */
    public static KitMap of(String name, Map<Voice, List<Integer>> notes) {
        Map<Voice, List<Integer>> all = new EnumMap<>(Voice.class);
        all.putAll(notes);
        List<Integer> taken = notes.values().stream().flatMap(List::stream).toList();
        for (Voice voice : Voice.values()) {
            if (!all.containsKey(voice)) {
                List<Integer> own = new ArrayList<>();
                own.add(voice.note());
                for (int note = 0; note < NOTES; note++) {
                    if (Voice.ofNote(note) == voice.ordinal() && note != voice.note()) {
                        own.add(note);
                    }
                }
                own.removeAll(taken);
                all.put(voice, own);
            }
        }
        return new KitMap(name, all);
    }

    /** One of {@link #BUILT_IN} by its name, whatever its case. */
    public static Optional<KitMap> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return BUILT_IN.stream().filter(kit -> kit.name.equals(wanted)).findFirst();
    }

    public String name() {
        return name;
    }

    /** The index of the voice that a note stands for, or −1. Does not allocate. */
    public int voice(int note) {
        return voices[note];
    }

    /** The note that plays a voice; General MIDI's where the kit has none. Does not allocate. */
    public int note(Voice voice) {
        int[] its = notes.getOrDefault(voice, NONE);
        return its.length == 0 ? voice.note() : its[0];
    }

    /** Every note of a voice, the one that plays it first. */
    public List<Integer> notes(Voice voice) {
        return Arrays.stream(notes.getOrDefault(voice, NONE)).boxed().toList();
    }
}

package tapkit.config;

import tapkit.tap.KitMap;

/**
 * How the drums leave.
 *
 * @param kit   whose notes play the voices
 * @param pedal what the hi-hat's pedal (controller 4) is told
 */
public record Output(KitMap kit, Pedal pedal) {
    /** Where the position of the hi-hat's pedal comes from. */
    public enum Pedal {
        /** Nothing is told. */
        OFF,
        /** From the drums: it is opened before an open hi-hat and closed before a closed one, for kits with one note for both. */
        DRUMS,
        /** From the player's own pedal: what comes in goes out. */
        FOOT
    }

    public static final Output DEFAULT = new Output(KitMap.GM, Pedal.OFF);
}

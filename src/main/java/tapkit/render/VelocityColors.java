package tapkit.render;

import java.awt.Color;

/** Velocity as colour: from pale (soft) to dark (hard) with evenly falling lightness, so that it also reads in grey. */
final class VelocityColors {
    /** From velocity 0 to 127, evenly spaced: yellow, orange, red, purple, near black. */
    private static final int[] STOPS = {0xFDE3A7, 0xFCB867, 0xF88A5A, 0xE75A60, 0xC03A76, 0x8A2981, 0x551A78, 0x270F4F};

    private VelocityColors() {
    }

    /** @param velocity in [0, 127] */
    static Color of(double velocity) {
        double at = Math.clamp(velocity / 127, 0, 1) * (STOPS.length - 1);
        int below = Math.min((int) at, STOPS.length - 2);
        double part = at - below;
        int a = STOPS[below];
        int b = STOPS[below + 1];
        return new Color(mix(a >> 16, b >> 16, part), mix(a >> 8, b >> 8, part), mix(a, b, part));
    }

    private static int mix(int a, int b, double part) {
        return (int) Math.round((a & 0xFF) * (1 - part) + (b & 0xFF) * part);
    }
}

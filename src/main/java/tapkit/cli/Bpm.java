package tapkit.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Tempi for people. */
final class Bpm {
    private Bpm() {
    }

    /** At most two decimals, and none that say nothing. */
    static String text(double bpm) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bpm);
    }
}

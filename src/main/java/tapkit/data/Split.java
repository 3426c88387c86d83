package tapkit.data;

import java.util.Locale;

/** The parts of the Groove MIDI Dataset, as its authors divided it. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The name in info.csv and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}

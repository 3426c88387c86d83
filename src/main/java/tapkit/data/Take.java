package tapkit.data;

/**
 * One recording of the Groove MIDI Dataset.
 *
 * @param id    as in info.csv, such as {@code drummer1/session1/1}
 * @param style as in info.csv, such as {@code jazz/funk}
 * @param bpm   quarter notes a minute, one tempo throughout
 */
public record Take(String id, String style, double bpm, Score score) {
    /** The style without its finer shade, such as {@code jazz}. */
    public String mainStyle() {
        return style.split("/", 2)[0];
    }
}

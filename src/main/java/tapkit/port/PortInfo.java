package tapkit.port;

/**
 * A port that exists.
 *
 * @param backend   the backend's name
 * @param id        stable over time and unique in the backend; what settings keep
 * @param name      what people see
 * @param direction seen from tapkit: {@code IN} brings messages to tapkit
 */
public record PortInfo(String backend, String id, String name, Direction direction) {
    /** Seen from tapkit. */
    public enum Direction {
        IN,
        OUT
    }
}

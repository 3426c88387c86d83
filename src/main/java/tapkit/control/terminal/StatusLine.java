package tapkit.control.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.EngineSnapshot.Recording;

/**
 * One line that says how the instrument fares: where it is, what is wrong, mode, tempo, counts. What there is no room for is left out,
 * the least important first.
 *
 * @param unicode whether the terminal shows more than ASCII
 * @param colour  whether what matters is marked by colour too
 */
record StatusLine(boolean unicode, boolean colour) {
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";
    private static final String BETWEEN = " | ";
    private static final int BEATS = 4;

    /** A part of the line. The more important, the lower the rank. */
    private record Part(int rank, String text, String style) {
    }

    /**
     * The line.
     *
     * @param ports  what is wrong with the ports, in few words; empty: nothing
     * @param width  columns that it may take
     * @param moving whether beats are shown, which change all the time
     */
    String of(EngineSnapshot now, ControlBoard board, String ports, int width, boolean moving) {
        List<Part> parts = new ArrayList<>();
        parts.add(place(now, moving));
        if (!ports.isEmpty()) {
            parts.add(new Part(1, ports, RED));
        }
        if (!now.locked()) {
            parts.add(new Part(2, now.running() ? "clock lost" : "no clock comes in", RED));
        }
        if (now.recording() != Recording.NONE) {
            parts.add(new Part(3, now.recording() == Recording.ON ? "REC" : "rec armed", RED));
        }
        parts.add(new Part(5, mode(now, board), ""));
        parts.add(new Part(4, "%.1f bpm".formatted(now.bpm()), ""));
        if (now.lateHits() + now.skipped() + now.lostEvents() > 0) {
            parts.add(new Part(6,
                    "%d late, %d skipped, %d lost".formatted(now.lateHits(), now.skipped(), now.lostEvents()), ""));
        }
        if (moving && now.inferenceMicros() > 0) {
            parts.add(new Part(7, "%.1f ms".formatted(now.inferenceMicros() / 1000), ""));
        }
        parts.add(new Part(8, "%d taps, %d hits".formatted(now.taps(), now.hits()), ""));
        if (ports.isEmpty()) {
            parts.add(new Part(9, "%s clock".formatted(now.clock()), ""));
        }
        return join(fitting(parts, width), width);
    }

    private Part place(EngineSnapshot now, boolean moving) {
        if (!now.running()) {
            return new Part(0, "stopped", "");
        }
        long beat = (long) Math.floor(now.beat());
        String bar = "bar " + (Math.floorDiv(beat, BEATS) + 1);
        if (!moving) {
            return new Part(0, bar, "");
        }
        int at = (int) Math.floorMod(beat, (long) BEATS);
        String beats = (unicode ? "○" : ".").repeat(at) + (unicode ? "●" : Integer.toString(at + 1))
                + (unicode ? "○" : ".").repeat(BEATS - 1 - at);
        return new Part(0, beats + " " + bar, at == 0 ? BOLD : "");
    }

    /** What plays, and what the next bar brings. */
    private static String mode(EngineSnapshot now, ControlBoard board) {
        String plays = said(now.mode(), now.part());
        String wanted = said(board.get(Control.MODE), board.get(Control.PART));
        return plays.equals(wanted) ? plays : plays + ", then " + wanted;
    }

    private static String said(double mode, double part) {
        return Knob.of(Control.MODE).format(mode) + " " + Knob.of(Control.PART).format(part);
    }

    private static List<Part> fitting(List<Part> parts, int width) {
        List<Part> kept = new ArrayList<>(parts);
        while (kept.size() > 1 && length(kept) > width) {
            kept.remove(kept.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
        }
        return kept;
    }

    private static int length(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.text().length() + BETWEEN.length()).sum() - BETWEEN.length();
    }

    private String join(List<Part> parts, int width) {
        List<String> texts = parts.stream().map(part -> {
            String text = part.text().substring(0, Math.min(width, part.text().length()));
            return colour && !part.style().isEmpty() ? part.style() + text + PLAIN : text;
        }).toList();
        return String.join(BETWEEN, texts);
    }
}

package tapkit.evaluate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tapkit.data.Split;
import tapkit.evaluate.Tap2DrumMetrics.Interval;

/**
 * Results as rows and columns.
 *
 * @param columns names; the first is that of the rows
 * @param notes   what is to be known beside it
 */
public record Table(String title, List<String> columns, List<Row> rows, List<String> notes) {
    /** Of all figures so large that they say only that something does not vary. */
    private static final double LARGE = 1e4;

    /** A name and as many cells as there are columns after the first. */
    public record Row(String name, List<Cell> cells) {
        static Row of(String name, Cell... cells) {
            return new Row(name, List.of(cells));
        }
    }

    /**
     * What stands in a row and column.
     *
     * @param text   for people
     * @param value  null where there is none
     * @param notes  95 % over notes, or null
     * @param files  95 % over files, or null
     */
    public record Cell(String text, Double value, Interval notes, Interval files) {
        static final Cell NONE = new Cell("-", null, null, null);

        static Cell of(String text) {
            return new Cell(text, null, null, null);
        }

        static Cell of(Double value, int digits) {
            return value == null || value.isNaN() || value > LARGE ? NONE : new Cell(number(value, digits), value, null, null);
        }

        /** A value with its interval over files. */
        static Cell of(double value, Interval files, int digits) {
            if (value > LARGE) {
                return NONE;
            }
            return new Cell(files == null
                    ? number(value, digits)
                    : number(value, digits) + " [" + number(files.low(), digits)
                            + ", " + number(files.high(), digits) + "]",
                    value, null, files);
        }

        static Cell of(Estimate estimate, int digits) {
            Cell cell = of(estimate.value(), estimate.fileInterval(), digits);
            return cell.value == null ? NONE : new Cell(cell.text, cell.value, estimate.noteInterval(), cell.files);
        }

        private static String number(double value, int digits) {
            return String.format(Locale.ROOT, "%." + digits + "f", value);
        }
    }

    /** For a terminal. */
    public String text() {
        List<List<String>> lines = lines();
        int[] widths = new int[columns.size()];
        lines.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length())));
        StringBuilder out = new StringBuilder(title).append("\n\n");
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String fill = " ".repeat(widths[i] - line.get(i).length());
                row.append(i == 0 ? line.get(i) + fill : "  " + fill + line.get(i));
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        notes.forEach(note -> out.append("  ").append(note).append('\n'));
        return out.append('\n').toString();
    }

    public String markdown() {
        List<List<String>> lines = lines();
        StringBuilder out = new StringBuilder("### ").append(title).append("\n\n");
        for (int i = 0; i < lines.size(); i++) {
            out.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
            if (i == 0) {
                out.append("|---".repeat(columns.size())).append("|\n");
            }
        }
        out.append('\n');
        notes.forEach(note -> out.append("- ").append(note).append('\n'));
        return out.append(notes.isEmpty() ? "" : "\n").toString();
    }

    /** All tables, a line for each figure. */
    public static String csv(List<Table> tables) {
        StringBuilder out = new StringBuilder("table,row,column,value,notes_low,notes_high,files_low,files_high,text\n");
        for (Table table : tables) {
            for (Row row : table.rows) {
                for (int i = 0; i < row.cells.size(); i++) {
                    Cell cell = row.cells.get(i);
                    List<String> fields = new ArrayList<>(List.of(table.title, row.name, table.columns.get(i + 1),
                            cell.value == null ? "" : Double.toString(cell.value)));
                    fields.addAll(ends(cell.notes));
                    fields.addAll(ends(cell.files));
                    fields.add(cell.text);
                    out.append(fields.stream().map(Table::quoted).collect(Collectors.joining(","))).append('\n');
                }
            }
        }
        return out.toString();
    }

    /** All tables as one document. */
    public static String json(Split split, long seed, List<Table> tables) {
        JsonMapper json = JsonMapper.builder().build();
        return json.createObjectNode().put("split", split.label()).put("seed", seed)
                .<ObjectNode>set("tables", json.valueToTree(tables)).toPrettyString();
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>(List.of(columns));
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.name));
            row.cells.forEach(cell -> line.add(cell.text));
            lines.add(line);
        }
        return lines;
    }

    private static List<String> ends(Interval interval) {
        return interval == null
                ? Collections.nCopies(2, "")
                : List.of(Double.toString(interval.low()), Double.toString(interval.high()));
    }

    private static String quoted(String field) {
        return field.contains(",") || field.contains("\"") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}

package io.vitaltwin.testbench.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small text table for people: a line of headings, a rule, then the rows, columns two blanks apart. Columns of figures stand to the right,
 * others and the first to the left; no line ends in a blank.
 */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /** @throws IllegalArgumentException without a heading */
    public static Table of(String... headings) {
        if (headings.length == 0) {
            throw new IllegalArgumentException("a table needs a column");
        }
        return new Table(List.of(headings));
    }

    /**
     * Adds a row; numbers that need a form are formatted by the caller, see {@link Figures}.
     *
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of " + headings.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All lines, without a line break at their ends. */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(headings, widths));
        lines.add("-".repeat(Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            int place = column;
            int widest = rows.stream().mapToInt(row -> row.get(place).length()).max().orElse(0);
            widths[column] = Math.max(headings.get(column).length(), widest);
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(isFigures(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** A column after the first holds figures when each of its cells begins like one, or says that there is none. */
    private boolean isFigures(int column) {
        return column > 0 && !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).isEmpty() || isFigure(row.get(column)));
    }

    private static boolean isFigure(String cell) {
        char first = cell.charAt(0);
        return Character.isDigit(first) || "+-.<>".indexOf(first) >= 0;
    }
}

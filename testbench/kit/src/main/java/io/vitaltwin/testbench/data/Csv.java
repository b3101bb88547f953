package io.vitaltwin.testbench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A table of text with a heading, cells between commas, quoted where need be; a name that ends in {@code .gz} is unpacked. Empty lines are left out. */
final class Csv {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d*)?([eE]-?\\d{1,2})?");
    /** Largest amount that is read: thousandths of it are exact in a long with room to spare. */
    private static final BigDecimal LARGEST = new BigDecimal("1e12");

    private final Path file;
    private final char separator;
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;

    private Csv(Path file, char separator) {
        this.file = file;
        this.separator = separator;
    }

    /**
     * Reads a file line by line.
     *
     * @param required columns that must be there; others may be
     * @throws DataProblem if one is missing, or a line has more or fewer cells than the heading
     */
    static void read(Path file, List<String> required, Consumer<Row> taker) {
        new Csv(file, ',').read(required, taker);
    }

    /** As above, with tabs between cells. */
    static void readTabs(Path file, List<String> required, int linesBefore, Consumer<Row> taker) {
        Csv csv = new Csv(file, '\t');
        try (BufferedReader in = open(file)) {
            for (int i = 0; i < linesBefore; i++) {
                in.readLine();
            }
            csv.read(in, linesBefore, required, taker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    private void read(List<String> required, Consumer<Row> taker) {
        try (BufferedReader in = open(file)) {
            read(in, 0, required, taker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader in, int linesBefore, List<String> required, Consumer<Row> taker) throws IOException {
        int number = linesBefore + 1;
        String heading = in.readLine();
        if (heading == null) {
            throw new DataProblem(file, number, "a heading is missing");
        }
        head(heading, number, required);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                List<String> cells = cells(line, number);
                if (cells.size() != width) {
                    throw new DataProblem(file, number, width + " cells are needed, found " + cells.size());
                }
                taker.accept(new Row(cells, number));
            }
        }
    }

    private void head(String heading, int number, List<String> required) {
        List<String> names = cells(heading, number);
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i).strip(), i);
        }
        width = names.size();
        for (String name : required) {
            if (!columns.containsKey(name)) {
                throw new DataProblem(file, number, "column \"" + name + "\" is missing");
            }
        }
    }

    private List<String> cells(String line, int number) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (twice) {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new DataProblem(file, number, "a quoted cell does not end");
        }
        cells.add(cell.toString());
        return cells;
    }

    /** One line of the table. */
    final class Row {

        private final List<String> cells;
        private final int line;

        private Row(List<String> cells, int line) {
            this.cells = cells;
            this.line = line;
        }

        int line() {
            return line;
        }

        /** Without blanks around it. */
        String text(String column) {
            Integer place = columns.get(column);
            if (place == null) {
                throw new IllegalArgumentException("no column " + column + " was asked for");
            }
            return cells.get(place).strip();
        }

        boolean isEmpty(String column) {
            String text = text(column);
            return text.isEmpty() || text.equals("NaN");
        }

        /** @throws DataProblem if it is no whole number */
        int whole(String column) {
            String text = text(column);
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw problem(column, "a whole number");
            }
        }

        /** @throws DataProblem if it is no whole number */
        long wholeLong(String column) {
            String text = text(column);
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw problem(column, "a whole number");
            }
        }

        /** Thousandths, half up. @throws DataProblem if it is no decimal number */
        long milli(String column) {
            return decimal(column).movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact();
        }

        /** Thousandths; empty where the cell is, or says NaN. */
        OptionalLong optionalMilli(String column) {
            return isEmpty(column) ? OptionalLong.empty() : OptionalLong.of(milli(column));
        }

        /** @throws DataProblem if it is no decimal number */
        double number(String column) {
            return decimal(column).doubleValue();
        }

        private BigDecimal decimal(String column) {
            String text = text(column);
            if (!DECIMAL.matcher(text).matches()) {
                throw problem(column, "a decimal number");
            }
            BigDecimal decimal = new BigDecimal(text);
            if (decimal.abs().compareTo(LARGEST) > 0) {
                throw problem(column, "a decimal number of a size that can be measured");
            }
            return decimal;
        }

        /** Milliseconds of a local time, taken for UTC: only the time between readings matters. @throws DataProblem if it has another form */
        long time(String column, DateTimeFormatter form) {
            try {
                return LocalDateTime.parse(text(column), form).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException e) {
                throw problem(column, "a time such as 2020-01-31 23:59:00 in the form of this file");
            }
        }

        DataProblem problem(String column, String expected) {
            return new DataProblem(file, line, "column \"" + column + "\" needs " + expected);
        }
    }
}

package io.vitaltwin.testbench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Features of windows of 12 to 60 beats with the rhythm that an annotator saw in them. The beats themselves are not in the set. */
public final class RrFeatures {

    private static final int COLUMNS = 14;
    private static final int MEAN = 0;
    private static final int RMSSD = 6;
    private static final int COSEN = 10;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private RrFeatures() {
    }

    /**
     * One window. The set gives two decimals.
     *
     * @param meanSeconds mean interval, above 0
     * @param rmssdSeconds root mean square of successive differences
     * @param cosen sample entropy of Lake and Moorman
     * @param fibrillation the annotated rhythm is atrial fibrillation
     */
    public record Window(double meanSeconds, double rmssdSeconds, double cosen, boolean fibrillation) {
    }

    /** All windows of a folder, in the order of the files. @throws DataProblem naming file and line */
    public static List<Window> read(Path folder) {
        List<Window> windows = new ArrayList<>();
        for (Path features : DataSet.files(folder, "*_feature.txt*")) {
            String classes = String.valueOf(features.getFileName()).replace("_feature.txt", "_class.txt");
            Path labels = features.resolveSibling(classes);
            if (!Files.isRegularFile(labels)) {
                throw new DataProblem(labels, "the file is missing: each window needs its label");
            }
            read(features, labels, windows);
        }
        return windows;
    }

    private static void read(Path features, Path labels, List<Window> windows) {
        try (BufferedReader rows = Csv.open(features); BufferedReader marks = Csv.open(labels)) {
            int line = 1;
            String row = rows.readLine();
            String mark = marks.readLine();
            for (; row != null && mark != null; row = rows.readLine(), mark = marks.readLine()) {
                windows.add(window(features, row, line, label(labels, mark, line)));
                line++;
            }
            if (row != null) {
                throw new DataProblem(labels, line, "a label is missing");
            }
            if (mark != null) {
                throw new DataProblem(features, line, "a window is missing");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean label(Path file, String text, int line) {
        return switch (text.strip()) {
            case "1" -> true;
            case "0" -> false;
            default -> throw new DataProblem(file, line, "1 (atrial fibrillation) or 0 is needed");
        };
    }

    private static Window window(Path file, String text, int line, boolean fibrillation) {
        String[] cells = text.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new DataProblem(file, line, COLUMNS + " cells are needed, found " + cells.length);
        }
        double mean = number(file, cells, MEAN, line);
        if (mean <= 0) {
            throw new DataProblem(file, line, "cell " + (MEAN + 1) + " needs a mean interval above 0");
        }
        return new Window(mean, number(file, cells, RMSSD, line), number(file, cells, COSEN, line), fibrillation);
    }

    private static double number(Path file, String[] cells, int place, int line) {
        String cell = cells[place].strip();
        if (!NUMBER.matcher(cell).matches()) {
            throw new DataProblem(file, line, "cell " + (place + 1) + " needs a decimal number");
        }
        return Double.parseDouble(cell);
    }
}

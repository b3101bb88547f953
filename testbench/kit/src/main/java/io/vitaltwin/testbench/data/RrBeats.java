package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A day of beats of one healthy person, as an annotator marked them on the tape. */
public final class RrBeats {

    private static final String KINDS = "NVA~";

    private RrBeats() {
    }

    /**
     * A mark on the tape.
     *
     * @param millis from the start of the tape
     * @param sinceBeforeMilli thousandths of a millisecond since the mark before, of whatever kind
     * @param kind N normal, V ventricular, A atrial, ~ no beat but a change of noise
     */
    public record Mark(long millis, long sinceBeforeMilli, char kind) {

        public boolean isBeat() {
            return kind != '~';
        }
    }

    /** @param name of the tape, such as nsr001 */
    public record Tape(String name, List<Mark> marks) {

        public Tape {
            marks = List.copyOf(marks);
        }
    }

    /** All tapes of a folder, by name. @throws DataProblem naming file and line, also where marks do not follow each other in time */
    public static List<Tape> read(Path folder) {
        return DataSet.files(folder, "nsr*_rr.csv*").stream().map(RrBeats::tape).toList();
    }

    private static Tape tape(Path file) {
        List<Mark> marks = new ArrayList<>();
        Csv.read(file, List.of("t_s", "rr_ms", "beat"), row -> {
            Mark mark = new Mark(row.milli("t_s"), row.milli("rr_ms"), kind(row));
            if (mark.sinceBeforeMilli() <= 0) {
                throw row.problem("rr_ms", "an interval above 0");
            }
            if (!marks.isEmpty() && mark.millis() <= marks.getLast().millis()) {
                throw row.problem("t_s", "a time after that of the line before");
            }
            marks.add(mark);
        });
        if (marks.stream().noneMatch(Mark::isBeat)) {
            throw new DataProblem(file, "there are no beats");
        }
        String name = String.valueOf(file.getFileName());
        return new Tape(name.substring(0, name.indexOf("_rr")), marks);
    }

    private static char kind(Csv.Row row) {
        String kind = row.text("beat");
        if (kind.length() != 1 || KINDS.indexOf(kind.charAt(0)) < 0) {
            throw row.problem("beat", "one of N V A ~");
        }
        return kind.charAt(0);
    }
}

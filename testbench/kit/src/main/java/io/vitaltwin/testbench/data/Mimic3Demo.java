package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What nurses charted of intensive care stays, until discharge or death. Times are those of the set: moved to other centuries, true within a person. */
public final class Mimic3Demo {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Mimic3Demo() {
    }

    /**
     * One charted value.
     *
     * @param item number of what was charted, see the set's items.csv
     * @param chartMillis when it was true; storeMillis when it was stored
     * @param text as charted
     * @param milli thousandths of the unit of its item; empty where it is a text only
     */
    public record Charted(int item, long chartMillis, long storeMillis, String text, OptionalLong milli) {
    }

    /**
     * @param died in the hospital, and this was the last stay in intensive care before
     * @param deathMillis time of death; 0 when not died
     * @param charted in order of chart time; what a nurse marked as wrong is left out
     * @param marked how many were left out
     */
    public record Stay(long id, long subject, long inMillis, long outMillis, boolean died, long deathMillis, List<Charted> charted, int marked) {

        public Stay {
            charted = List.copyOf(charted);
        }
    }

    /** @param withoutStay rows that belong to no stay and are left out */
    public record Content(List<Stay> stays, int rows, int withoutStay) {

        public Content {
            stays = List.copyOf(stays);
        }
    }

    /** Stays with charted values, by number. @throws DataProblem naming file and line */
    public static Content read(Path folder) {
        Set<Integer> items = items(DataSet.file(folder, "items.csv"));
        Map<Long, Long> deaths = deaths(DataSet.file(folder, "admissions.csv"));
        Map<Long, Raw> stays = stays(DataSet.file(folder, "icustays.csv"));
        int[] counts = new int[2];
        Csv.read(DataSet.file(folder, "chartevents_vitals.csv"),
                List.of("icustay_id", "itemid", "charttime", "storetime", "value", "valuenum", "error"), row -> {
            counts[0]++;
            Raw stay = row.isEmpty("icustay_id") ? null : stays.get(row.wholeLong("icustay_id"));
            if (stay == null) {
                counts[1]++;
            } else if (row.text("error").equals("1")) {
                stay.marked++;
            } else {
                stay.charted.add(charted(row, items));
            }
        });
        return new Content(finished(stays, deaths), counts[0], counts[1]);
    }

    private static Charted charted(Csv.Row row, Set<Integer> items) {
        int item = row.whole("itemid");
        if (!items.contains(item)) {
            throw row.problem("itemid", "a number that items.csv explains");
        }
        return new Charted(item, row.time("charttime", TIME), row.time("storetime", TIME), row.text("value"), row.optionalMilli("valuenum"));
    }

    private static List<Stay> finished(Map<Long, Raw> stays, Map<Long, Long> deaths) {
        Map<Long, Long> lastOut = new HashMap<>();
        stays.values().forEach(raw -> lastOut.merge(raw.admission, raw.outMillis, Math::max));
        List<Stay> finished = new ArrayList<>();
        stays.forEach((id, raw) -> {
            if (!raw.charted.isEmpty()) {
                raw.charted.sort(Comparator.comparingLong(Charted::chartMillis).thenComparingInt(Charted::item));
                Long death = deaths.get(raw.admission);
                boolean died = death != null && raw.outMillis == lastOut.get(raw.admission);
                finished.add(new Stay(id, raw.subject, raw.inMillis, raw.outMillis, died, died ? death : 0, raw.charted, raw.marked));
            }
        });
        return finished;
    }

    private static Set<Integer> items(Path file) {
        Set<Integer> items = new HashSet<>();
        Csv.read(file, List.of("itemid", "label"), row -> items.add(row.whole("itemid")));
        return items;
    }

    /** Time of death in hospital by admission. */
    private static Map<Long, Long> deaths(Path file) {
        Map<Long, Long> deaths = new HashMap<>();
        Csv.read(file, List.of("hadm_id", "deathtime", "hospital_expire_flag"), row -> {
            if (row.whole("hospital_expire_flag") == 1) {
                deaths.put(row.wholeLong("hadm_id"), row.time("deathtime", TIME));
            }
        });
        return deaths;
    }

    private static Map<Long, Raw> stays(Path file) {
        Map<Long, Raw> stays = new TreeMap<>();
        Csv.read(file, List.of("subject_id", "hadm_id", "icustay_id", "intime", "outtime"), row -> stays.put(row.wholeLong("icustay_id"),
                new Raw(row.wholeLong("subject_id"), row.wholeLong("hadm_id"), row.time("intime", TIME), row.time("outtime", TIME))));
        return stays;
    }

    /** A stay while its values are read. */
    private static final class Raw {

        private final long subject;
        private final long admission;
        private final long inMillis;
        private final long outMillis;
        private final List<Charted> charted = new ArrayList<>();
        private int marked;

        Raw(long subject, long admission, long inMillis, long outMillis) {
            this.subject = subject;
            this.admission = admission;
            this.inMillis = inMillis;
            this.outMillis = outMillis;
        }
    }
}

package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Bedside-monitor numerics of one record, a reading a minute. 0 means no reading for heart rate, pulse and saturation, and stays a 0 here. */
public final class WdbNumerics {

    private static final List<String> COLUMNS =
            List.of("minute", "HR_bpm", "PULSE_bpm", "RESP_pm", "SpO2_%", "NBPSys_mmHg", "NBPDias_mmHg", "NBPMean_mmHg");

    private WdbNumerics() {
    }

    /** One minute. Thousandths; empty where the channel had none. */
    public record Minute(int minute, OptionalLong heartRate, OptionalLong pulse, OptionalLong breaths, OptionalLong spo2, OptionalLong systolic,
            OptionalLong diastolic) {
    }

    public record Recording(String name, List<Minute> minutes) {

        public Recording {
            minutes = List.copyOf(minutes);
        }
    }

    /** All records of a folder, by name. @throws DataProblem naming file and line */
    public static List<Recording> read(Path folder) {
        return DataSet.files(folder, "*_numerics_1min.csv").stream()
                .map(file -> new Recording(String.valueOf(file.getFileName()).replace("_numerics_1min.csv", ""), minutes(file))).toList();
    }

    private static List<Minute> minutes(Path file) {
        List<Minute> minutes = new ArrayList<>();
        Csv.read(file, COLUMNS, row -> {
            int minute = row.whole("minute");
            if (!minutes.isEmpty() && minute <= minutes.getLast().minute()) {
                throw row.problem("minute", "a time after that of the line before");
            }
            minutes.add(new Minute(minute, row.optionalMilli("HR_bpm"), row.optionalMilli("PULSE_bpm"), row.optionalMilli("RESP_pm"),
                    row.optionalMilli("SpO2_%"), row.optionalMilli("NBPSys_mmHg"), row.optionalMilli("NBPDias_mmHg")));
        });
        return minutes;
    }
}

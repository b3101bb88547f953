package io.vitaltwin.testbench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Minutes of watches and trackers with what the people truly did. No reference for the heart rate, no person, no time: only the order. */
public final class ActivityMinutes {

    private ActivityMinutes() {
    }

    /** @param person number of the person, as told by a change of age, size, weight or device from one line to the next */
    public record Minute(int person, String device, String activity, double steps, double heartRate) {
    }

    /** @throws DataProblem naming file and line */
    public static List<Minute> read(Path folder) {
        List<Minute> minutes = new ArrayList<>();
        String[] before = {""};
        int[] person = {0};
        Csv.read(DataSet.file(folder, "aw_fb_data.csv"), List.of("age", "gender", "height", "weight", "steps", "heart_rate", "device", "activity"), row -> {
            String now = String.join(" ", row.text("age"), row.text("gender"), row.text("height"), row.text("weight"), row.text("device"));
            person[0] += now.equals(before[0]) ? 0 : 1;
            before[0] = now;
            minutes.add(new Minute(person[0], row.text("device"), row.text("activity"), row.number("steps"), row.number("heart_rate")));
        });
        return minutes;
    }
}

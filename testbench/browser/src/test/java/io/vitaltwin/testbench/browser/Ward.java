package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Invented patients as the server's JSON tells of them. Everything is a function of the seed and the time of beginning. */
final class Ward {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<Story> STORIES = List.of(
            new Story("SPO2_CRIT", "SPO2", "HIGH", "PHYSIOLOGICAL", "Oxygen saturation 86 % or lower for 1 min; limit 87 %.", "spo2", 86, List.of("CORROBORATED")),
            new Story("CGM_URGENT_LOW", "CGM_LOW", "HIGH", "PHYSIOLOGICAL", "Glucose 52 mg/dL, at or below 55 mg/dL.", "glucose_interstitial", 52, List.of()),
            new Story("HR_TACHY_REST", "HR_HIGH", "MEDIUM", "PHYSIOLOGICAL", "Heart rate 134 /min at rest for 10 min; limit 131 /min.", "heart_rate", 134,
                    List.of("UNVERIFIED", "REMEASURE")),
            new Story("BP_SEVERE_UNCONFIRMED", "BP_HIGH", "MEDIUM", "PHYSIOLOGICAL", "Blood pressure 186/104 mmHg; no second measurement within 15 min.", "bp_systolic", 186,
                    List.of("BORDERLINE")),
            new Story("NEWS2_SINGLE_3", "NEWS2", "MEDIUM", "PHYSIOLOGICAL", "NEWS2 computed from remote readings: one input scores 3; 2 inputs are missing.",
                    "respiratory_rate", 25, List.of("PARTIAL", "SINGLE_3")),
            new Story("HF_WEIGHT", "WEIGHT", "LOW", "PHYSIOLOGICAL", "Body weight 1.6 kg above the day before.", "body_weight", 84.2, List.of()),
            new Story("DEVICE_SILENT", "SILENCE", "LOW", "TECHNICAL", "Nothing heard from the watch for 3 h; the gateway is still heard.", "heart_rate", 71,
                    List.of("SILENT_DEVICE")));

    private final Random random;
    private final Instant begin;
    private int alerts;

    private record Story(String rule, String family, String priority, String lane, String text, String vital, double value, List<String> tags) {
    }

    Ward(long seed, Instant begin) {
        this.random = new Random(seed);
        this.begin = begin;
    }

    /** @param number from 0 */
    static String id(int number) {
        return "p%04d".formatted(number + 1);
    }

    /** A patient with one alert of the story with that number, which nobody has answered for so long. */
    ObjectNode alerting(int number, int story, Duration waiting) {
        ObjectNode row = quiet(number);
        addAlert(row, story, waiting);
        return row;
    }

    ObjectNode addAlert(ObjectNode row, int story, Duration waiting) {
        Story told = STORIES.get(story % STORIES.size());
        Instant raised = begin.minus(waiting);
        ObjectNode alert = row.withArray("alerts").addObject();
        alert.put("alertId", "a%05d".formatted(++alerts)).put("patientId", row.get("patientId").textValue()).put("rule", told.rule).put("family", told.family)
                .put("priority", told.priority).put("highest", told.priority).put("lane", told.lane).put("state", "OPEN").put("holds", true)
                .put("episodeStart", raised.minusSeconds(120).toString()).put("raised", raised.toString()).put("updated", raised.toString())
                .put("step", "FIRST_CONTACT").put("text", told.text).put("ruleSetVersion", "2026.2");
        alert.putArray("members");
        told.tags.forEach(alert.putArray("tags")::add);
        Rows.settle(row);
        if (told.rule.equals("DEVICE_SILENT")) {
            row.put("state", "NO_DATA").put("newestReading", begin.minus(Duration.ofHours(3)).toString());
        }
        measure(row, told);
        return alert;
    }

    private void measure(ObjectNode row, Story told) {
        if (row.withArray("vitals").findValuesAsText("vital").stream().noneMatch(told.vital::equals)) {
            vital(row.withArray("vitals"), told.vital, told.value, spark(told.vital, told.value).get("unit").textValue(), "MEDICAL_HOME", 60, 2);
        }
        for (var vital : row.withArray("vitals")) {
            if (vital.get("vital").textValue().equals(told.vital)) {
                ((ObjectNode) vital).put("value", told.value);
                if (told.tags.contains("REMEASURE")) {
                    ((ObjectNode) vital).put("verdict", "SUSPECT").put("grade", "CONSUMER").putArray("reasons").add("CADENCE_LOCK");
                }
            }
        }
        row.set("spark", spark(told.vital, told.value));
    }

    /** A patient about whom nothing is to be told. */
    ObjectNode quiet(int number) {
        ObjectNode row = JSON.objectNode().put("patientId", id(number)).put("state", "OK").put("newestReading", ago(30 + random.nextInt(300)));
        row.putArray("alerts");
        ArrayNode vitals = row.putArray("vitals");
        double rate = 58 + random.nextInt(30);
        vital(vitals, "heart_rate", rate, "/min", "CONSUMER", 40, 3);
        vital(vitals, "spo2", 94 + random.nextInt(5), "%", "MEDICAL_HOME", 200, 2);
        String pressed = ago(5000 + random.nextInt(9000));
        vital(vitals, "bp_systolic", 112 + random.nextInt(30), "mm[Hg]", "MEDICAL_HOME", 0, 8).put("effectiveTime", pressed);
        vital(vitals, "bp_diastolic", 66 + random.nextInt(18), "mm[Hg]", "MEDICAL_HOME", 0, 8).put("effectiveTime", pressed);
        switch (number % 3) {
            case 0 -> vital(vitals, "glucose_interstitial", 90 + random.nextInt(80), "mg/dL", "MEDICAL_HOME", 120, 12);
            case 1 -> vital(vitals, "body_weight", 62 + random.nextInt(300) / 10.0, "kg", "CONSUMER", 20_000, 0.3);
            default -> vital(vitals, "respiratory_rate", 13 + random.nextInt(6), "/min", "CLINICAL", 90, 1);
        }
        row.set("spark", spark("heart_rate", rate));
        return row;
    }

    private ObjectNode vital(ArrayNode vitals, String vital, double value, String unit, String grade, int ageSeconds, double sigma) {
        ObjectNode one = vitals.addObject().put("vital", vital).put("value", value).put("unit", unit).put("effectiveTime", ago(ageSeconds + random.nextInt(60)))
                .put("grade", grade).put("verdict", "ACCEPT").put("sigma", sigma).put("deviceId", device(vital));
        one.putArray("reasons");
        return one;
    }

    static String device(String vital) {
        return switch (vital) {
            case "heart_rate" -> "watch-1";
            case "spo2" -> "oximeter-1";
            case "bp_systolic", "bp_diastolic" -> "cuff-1";
            case "glucose_interstitial" -> "cgm-1";
            case "body_weight" -> "scale-1";
            default -> "patch-1";
        };
    }

    private ObjectNode spark(String vital, double last) {
        ObjectNode spark = JSON.objectNode().put("vital", vital).put("unit", switch (vital) {
            case "spo2" -> "%";
            case "glucose_interstitial" -> "mg/dL";
            case "bp_systolic" -> "mm[Hg]";
            case "body_weight" -> "kg";
            default -> "/min";
        });
        ArrayNode points = spark.putArray("points");
        double value = last;
        double[] back = new double[48];
        for (int i = back.length - 1; i >= 0; i--) {
            back[i] = vital.equals("spo2") ? Math.min(99, value) : value;
            value += random.nextGaussian() * Math.max(0.4, last * 0.012) - (last > 120 || last < 90 ? (last > 120 ? 0.5 : -0.3) : 0);
        }
        for (int i = 0; i < back.length; i++) {
            ArrayNode point = points.addArray().add(begin.minusSeconds(300L * (back.length - i)).toEpochMilli());
            if (i > 20 && i < 25) {
                point.addNull();
            } else {
                point.add(Math.round(back[i] * 10) / 10.0);
            }
        }
        return spark;
    }

    private String ago(int seconds) {
        return begin.minusSeconds(seconds).toString();
    }
}

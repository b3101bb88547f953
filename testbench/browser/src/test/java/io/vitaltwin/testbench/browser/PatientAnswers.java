package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Invented answers about one patient, and about the system. */
final class PatientAnswers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Instant begin;

    PatientAnswers(Instant begin) {
        this.begin = begin;
    }

    ObjectNode patient(ObjectNode row, Instant now) {
        ObjectNode answer = JSON.objectNode().put("patientId", row.get("patientId").textValue()).put("asOf", now.toString());
        answer.set("row", row.deepCopy());
        if (row.get("state").textValue().equals("WITHHELD")) {
            return answer;
        }
        answer.set("news2", news2(row));
        ArrayNode says = answer.putArray("says");
        says.addObject().put("kind", "SYMPTOM").put("word", "breathlessness").put("effectiveTime", ago(40)).put("disagreement", true);
        says.addObject().put("kind", "CONTEXT_NOTE").put("word", "travel").put("effectiveTime", ago(60 * 30)).put("untilTime", ago(60 * 20)).put("disagreement", false);
        ArrayNode devices = answer.putArray("devices");
        devices.addObject().put("deviceId", "watch-1").put("kind", "watch").put("grade", "CONSUMER").put("lastHeard", ago(2)).put("batteryPercent", 64);
        devices.addObject().put("deviceId", "oximeter-1").put("kind", "finger-oximeter").put("grade", "MEDICAL_HOME").put("lastHeard", ago(4)).put("batteryPercent", 21);
        devices.addObject().put("deviceId", "cuff-1").put("kind", "cuff").put("grade", "MEDICAL_HOME").put("lastHeard", ago(170));
        answer.set("openAlerts", row.withArray("alerts").deepCopy());
        ObjectNode limits = answer.putObject("limits");
        limits.putObject("heart_rate").put("low", 40).put("high", 131).put("source", "rule set");
        limits.putObject("spo2").put("low", 91).put("source", "care plan");
        limits.putObject("glucose_interstitial").put("low", 70).put("high", 250).put("source", "rule set");
        ObjectNode plan = answer.putObject("plan").put("timeZone", "Europe/Amsterdam").put("news2", true);
        plan.putArray("conditions").add("copd").add("heart_failure");
        plan.putArray("monitor").addObject().put("vital", "spo2").put("cadenceMillis", 300_000).put("purpose", "TREAT").put("reason", "home oxygen");
        plan.putObject("rules").putObject("SPO2_LOW").put("limit", 88);
        glucose(row, answer, now);
        return answer;
    }

    private static void glucose(ObjectNode row, ObjectNode answer, Instant now) {
        for (JsonNode vital : row.path("vitals")) {
            if (vital.get("vital").textValue().equals("glucose_interstitial")) {
                ObjectNode forecast = answer.putObject("forecast").put("originMillis", now.toEpochMilli());
                ArrayNode points = forecast.putArray("points");
                double value = vital.get("value").doubleValue();
                for (int minutes = 5; minutes <= 30; minutes += 5) {
                    double middle = value - minutes * 0.4;
                    points.addObject().put("millis", now.plusSeconds(60L * minutes).toEpochMilli()).put("value", middle).put("low", middle - minutes * 0.9).put("high", middle + minutes * 0.9);
                }
            }
        }
    }

    private ObjectNode news2(ObjectNode row) {
        ObjectNode score = JSON.objectNode().put("knownSum", 4).put("minPossible", 4).put("maxPossible", 10).put("complete", false);
        score.putArray("missing").add("consciousness").add("body_temperature");
        ArrayNode inputs = score.putArray("inputs");
        int[] points = {1, 2, 0, 1, 0, 0};
        int i = 0;
        for (JsonNode vital : row.path("vitals")) {
            inputs.addObject().put("vital", vital.get("vital").textValue()).put("unit", vital.get("unit").textValue()).put("effectiveTime", vital.get("effectiveTime").textValue())
                    .put("points", points[i++ % points.length]).set("value", vital.get("value"));
        }
        return score;
    }

    /** A value every two minutes, with an hour without any, one doubtful in thirty and one rejected in a hundred; in buckets where there are too many. */
    ObjectNode trend(ObjectNode row, Instant from, Instant to) {
        ObjectNode trend = JSON.objectNode().put("from", from.toString()).put("to", to.toString());
        ArrayNode vitals = trend.putArray("vitals");
        long step = Math.max(120_000, Duration.between(from, to).toMillis() / 600);
        for (JsonNode vital : row.path("vitals")) {
            double last = vital.get("value").asDouble();
            ObjectNode series = vitals.addObject().put("vital", vital.get("vital").textValue()).put("unit", vital.get("unit").textValue()).put("gapAfterMillis", 3 * step);
            limits(series, vital.get("vital").textValue(), last);
            ArrayNode points = series.putArray("points");
            Random random = new Random(vital.get("vital").textValue().hashCode());
            double value = last;
            for (long at = to.toEpochMilli(); at > from.toEpochMilli(); at -= step) {
                value += random.nextGaussian() * Math.max(0.15, last * 0.006) + (last - value) * 0.02;
                long place = (to.toEpochMilli() - at) / step;
                if (place < 60 || place > 90) {
                    point(points, at, vital.get("vital").textValue().equals("spo2") ? Math.min(94, value) : value, place, step);
                }
            }
            reverse(points);
        }
        markers(trend.putArray("markers"), row, from);
        return trend;
    }

    private static void point(ArrayNode points, long at, double value, long place, long step) {
        ObjectNode point = points.addObject().put("t", Instant.ofEpochMilli(at).toString());
        double spread = step > 120_000 ? Math.max(0.3, Math.abs(value) * 0.03) : 0;
        boolean doubtful = place % 30 == 17;
        boolean rejected = place % 100 == 45;
        double shown = rejected ? value * 1.15 : doubtful ? value * 1.06 : value;
        point.put("value", Math.round(shown * 10) / 10.0).put("min", Math.round((shown - spread) * 10) / 10.0).put("max", Math.round((shown + spread) * 10) / 10.0)
                .put("verdict", rejected ? "REJECT" : doubtful ? "SUSPECT" : "ACCEPT");
    }

    private static void limits(ObjectNode series, String vital, double last) {
        switch (vital) {
            case "heart_rate" -> series.putObject("limits").put("low", 40).put("high", 131);
            case "spo2" -> series.putObject("limits").put("low", 91);
            case "glucose_interstitial" -> series.putObject("limits").put("low", 70).put("high", 250);
            default -> series.putNull("limits");
        }
        if (!vital.startsWith("bp")) {
            series.putObject("personal").put("low", last * 0.96).put("median", last).put("high", last * 1.04);
        }
    }

    private void markers(ArrayNode markers, ObjectNode row, Instant from) {
        for (JsonNode alert : row.path("alerts")) {
            Instant raised = Instant.parse(alert.get("raised").textValue());
            if (raised.isAfter(from)) {
                markers.addObject().put("t", raised.toString()).put("kind", "alert").put("label", alert.get("text").textValue()).put("alertId", alert.get("alertId").textValue())
                        .put("priority", alert.get("priority").textValue());
                markers.addObject().put("t", raised.plusSeconds(600).toString()).put("kind", "ack").put("label", "nurse2");
            }
        }
        markers.addObject().put("t", ago(40)).put("kind", "report").put("label", "breathlessness");
        markers.addObject().put("t", ago(25)).put("kind", "note").put("label", "asked to sit down and measure again");
    }

    private static void reverse(ArrayNode points) {
        ArrayNode copy = points.deepCopy();
        points.removeAll();
        for (int i = copy.size() - 1; i >= 0; i--) {
            points.add(copy.get(i));
        }
    }

    ObjectNode alert(ObjectNode alert, ObjectNode row, ArrayNode workflow) {
        ObjectNode answer = JSON.objectNode();
        answer.set("alert", alert.deepCopy());
        ObjectNode event = answer.putArray("events").addObject().put("event", "RAISED").put("priority", alert.get("priority").textValue()).put("rule", alert.get("rule").textValue())
                .put("effectiveTime", alert.get("episodeStart").textValue()).put("appendTime", alert.get("raised").textValue()).put("text", alert.get("text").textValue())
                .put("ruleSetVersion", "2026.2").put("informationType", "DESCRIPTIVE");
        event.set("tags", alert.withArray("tags").deepCopy());
        event.putObject("thresholds").put("limit", 87).put("sustainedSeconds", 60);
        ArrayNode evidence = event.putArray("evidence");
        int i = 0;
        for (JsonNode vital : row.path("vitals")) {
            if (i < 3) {
                ObjectNode one = (ObjectNode) vital.deepCopy();
                evidence.add(one.put("topic", "vt.readings.v1").put("partition", 2).put("offset", 4711 + i).put("index", i++));
            }
        }
        answer.set("workflow", workflow.deepCopy());
        answer.putArray("notifications").addObject().put("step", "FIRST_CONTACT").put("channel", "email").put("recipient", "nurse1").put("state", "DELIVERED")
                .put("time", alert.get("raised").textValue()).put("reason", "");
        return answer;
    }

    ObjectNode past(ObjectNode row) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode alerts = answer.putArray("alerts");
        row.path("alerts").forEach(alert -> alerts.add(alert.deepCopy()));
        ObjectNode old = alerts.addObject().put("alertId", "old-" + row.get("patientId").textValue()).put("rule", "FEVER").put("priority", "LOW").put("lane", "PHYSIOLOGICAL").put("state", "RESOLVED")
                .put("raised", ago(60 * 70)).put("updated", ago(60 * 60)).put("cleared", ago(60 * 60)).put("text", "Body temperature 38.2 °C twice within 2 h.").put("holds", false);
        old.putArray("tags");
        return answer;
    }

    ObjectNode consents() {
        ObjectNode answer = JSON.objectNode();
        ArrayNode consents = answer.putArray("consents");
        ObjectNode now = consents.addObject().put("version", "3").put("status", "ACTIVE").put("knownAt", ago(60 * 24 * 20));
        now.putArray("purposes").add("TREAT");
        now.putArray("classes").add("heart_rate").add("spo2").add("bp_systolic");
        now.putObject("period").put("start", ago(60 * 24 * 20));
        ObjectNode before = consents.addObject().put("version", "2").put("status", "INACTIVE").put("knownAt", ago(60 * 24 * 40));
        before.putArray("purposes").add("TREAT").add("HRESCH");
        before.putArray("classes");
        before.putObject("period");
        return answer;
    }

    ObjectNode disclosures() {
        ObjectNode answer = JSON.objectNode();
        ObjectNode one = answer.putArray("disclosures").addObject().put("time", ago(3)).put("egress", "console").put("actor", "nurse1").put("role", "NURSE").put("purpose", "TREAT");
        one.putArray("vitals").add("heart_rate").add("spo2");
        return answer;
    }

    ObjectNode ops() {
        ObjectNode ops = JSON.objectNode().put("dlq", 3);
        ArrayNode lag = ops.putArray("lag");
        lag.addObject().put("group", "vitaltwin-twin").put("topic", "vt.readings.v1").put("lag", 12);
        lag.addObject().put("group", "vitaltwin-alerts").put("topic", "vt.alerts.v1").put("lag", 0);
        ops.putObject("fates").put("APPLIED", 1_204_331).put("LATE", 812).put("DUPLICATE", 4_410).put("REFUSED", 96).put("DEAD", 3);
        ArrayNode violations = ops.putArray("violations");
        violations.addObject().put("reason", "WITHDRAWN").put("stage", "COLLECT").put("count", 84);
        violations.addObject().put("reason", "HYPERCOLLECTION").put("stage", "COLLECT").put("count", 12);
        ArrayNode quality = ops.putArray("quality");
        quality.addObject().put("kind", "watch").put("accept", 880_123).put("suspect", 20_331).put("reject", 1_201);
        quality.addObject().put("kind", "finger-oximeter").put("accept", 40_002).put("suspect", 312).put("reject", 88);
        ObjectNode sent = ops.putObject("notifications").put("sent", 311).put("failed", 2).put("pending", 1);
        ArrayNode channels = sent.putArray("byChannel");
        channels.addObject().put("channel", "email").put("state", "CLOSED").put("sent", 290).put("failed", 0);
        channels.addObject().put("channel", "webhook").put("state", "OPEN").put("sent", 21).put("failed", 2);
        return ops;
    }

    private String ago(int minutes) {
        return begin.minus(Duration.ofMinutes(minutes)).toString();
    }
}

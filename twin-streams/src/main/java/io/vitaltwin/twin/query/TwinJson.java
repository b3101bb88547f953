package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.DeviceHealth;
import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.topology.StoredTwins.Told;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Answers as JSON. What is not known is left out, never null. Times are ISO-8601 in UTC. Pure. */
final class TwinJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Who answers, and how sure it is. */
    enum Role {
        /** The process that decides. Its store may hold the work of a transaction that is not committed yet, and might be taken back: provisional. */
        ACTIVE,
        /** A process that follows, asked because the other does not answer: committed, but perhaps not the newest. */
        STANDBY
    }

    private TwinJson() {
    }

    /** @param patient as people know the patient */
    static ObjectNode twin(String patient, Told told, Instance from, Role role) {
        TwinSnapshot twin = told.snapshot();
        ObjectNode node = JSON.objectNode();
        node.put("patientId", patient);
        node.put("asOf", Instant.ofEpochMilli(told.nowMillis()).toString());
        node.put("agesRelateTo", "STREAM_TIME");
        node.put("appendTime", twin.getAppendTime().toString());
        node.set("source", source(from, role));
        node.set("consent", consent(told));
        ArrayNode vitals = node.putArray("vitals");
        twin.getVitals().forEach(vital -> vitals.add(vital(vital, told.nowMillis())));
        if (twin.getNews2() != null) {
            node.set("news2", news2(twin.getNews2(), told.nowMillis()));
        }
        ArrayNode episodes = node.putArray("openEpisodes");
        twin.getOpenAlerts().forEach(open -> episodes.addObject().put("alertId", open.getAlertId()).put("rule", open.getRule()).put("family", open.getFamily())
                .put("priority", open.getPriority().name()).put("episodeStart", open.getEpisodeStart().toString()));
        ArrayNode devices = node.putArray("devices");
        twin.getDevices().forEach(device -> devices.add(device(device, told)));
        ArrayNode says = node.putArray("says");
        twin.getPatientSays().forEach(said -> {
            ObjectNode one = says.addObject().put("kind", said.getKind().name()).put("word", said.getWord()).put("effectiveTime", said.getEffectiveTime().toString())
                    .put("disagreement", said.getDisagreement());
            put(one, "untilTime", said.getUntilTime());
        });
        node.putObject("readings").put("applied", twin.getFates().getApplied()).put("duplicate", twin.getFates().getDuplicate())
                .put("late", twin.getFates().getLate()).put("refused", twin.getFates().getRefused()).put("dead", twin.getFates().getDead())
                .put("accept", twin.getVerdicts().getAccept()).put("suspect", twin.getVerdicts().getSuspect()).put("reject", twin.getVerdicts().getReject());
        node.put("stateBytes", twin.getStateBytes());
        return node;
    }

    private static ObjectNode source(Instance from, Role role) {
        return JSON.objectNode().put("instance", from.toString()).put("role", role.name()).put("stale", role == Role.STANDBY)
                .put("provisional", role == Role.ACTIVE);
    }

    private static ObjectNode consent(Told told) {
        ObjectNode consent = JSON.objectNode().put("monitored", told.monitored());
        if (!told.snapshot().getConsentVersion().isEmpty()) {
            consent.put("version", told.snapshot().getConsentVersion());
        }
        told.coveredUntil().ifPresent(until -> consent.put("mayChangeAt", until.toString()));
        return consent;
    }

    private static ObjectNode vital(TwinVital vital, long nowMillis) {
        ObjectNode node = JSON.objectNode().put("vital", vital.getVital()).put("deviceId", vital.getDeviceId()).put("grade", vital.getGrade().name());
        switch (vital.getValue()) {
            case null -> {
                // none yet
            }
            case Double number -> node.put("value", number);
            case Object code -> node.put("value", code.toString());
        }
        node.put("unit", vital.getUnit()).put("effectiveTime", vital.getEffectiveTime().toString())
                .put("ageSeconds", ageSeconds(vital.getEffectiveTime(), nowMillis)).put("verdict", vital.getVerdict().name());
        texts(node.putArray("reasons"), vital.getReasons());
        node.put("context", vital.getContext().name());
        put(node, "sigma", vital.getSigma());
        if (vital.getLevel() != null) {
            ObjectNode filtered = node.putObject("filtered").put("level", vital.getLevel());
            put(filtered, "levelSigma", vital.getLevelSigma());
            put(filtered, "slopePerMinute", vital.getSlope());
            put(filtered, "slopeSigma", vital.getSlopeSigma());
        }
        ArrayNode baselines = node.putArray("baselines");
        vital.getBaselines().forEach(usual -> baselines.addObject().put("context", usual.getContext().name()).put("median", usual.getMedian())
                .put("mad", usual.getMad()).put("days", usual.getDays()).put("given", usual.getGiven()));
        put(node, "zPersonal", vital.getZPersonal());
        node.put("quadrant", vital.getQuadrant().name());
        put(node, "coverage", vital.getCoverage());
        ArrayNode forecast = node.putArray("forecast");
        vital.getForecast().forEach(point -> forecast.addObject().put("time", point.getTime().toString()).put("value", point.getValue())
                .put("low", point.getLow()).put("high", point.getHigh()));
        return node;
    }

    private static ObjectNode news2(News2Score score, long nowMillis) {
        ObjectNode node = JSON.objectNode().put("effectiveTime", score.getEffectiveTime().toString()).put("ageSeconds", ageSeconds(score.getEffectiveTime(), nowMillis))
                .put("knownSum", score.getKnownSum()).put("maxPossible", score.getMaxPossible()).put("complete", score.getComplete());
        ObjectNode parts = node.putObject("subScores");
        score.getSubScores().forEach(parts::put);
        texts(node.putArray("missing"), score.getMissing());
        texts(node.putArray("suspect"), score.getSuspect());
        return node;
    }

    private static ObjectNode device(DeviceHealth device, Told told) {
        ObjectNode node = JSON.objectNode().put("deviceId", device.getDeviceId());
        Instant heard = told.heard().get(device.getDeviceId());
        if (heard != null) {
            node.put("lastHeard", heard.toString()).put("ageSeconds", ageSeconds(heard, told.nowMillis()));
        }
        node.put("silent", told.silent().contains(device.getDeviceId()));
        put(node, "clockOffsetSeconds", device.getClockOffsetSeconds());
        put(node, "clockDriftPerDay", device.getClockDriftPerDay());
        put(node, "batteryPercent", device.getBatteryPercent());
        put(node, "errorRate", device.getErrorRate());
        return node;
    }

    static ObjectNode trend(String patient, Trend trend, Instance from) {
        ObjectNode node = JSON.objectNode().put("patientId", patient).put("from", trend.from().toString()).put("to", trend.to().toString())
                .put("instance", from.toString()).put("readings", trend.shown()).put("withheld", trend.withheld());
        ArrayNode vitals = node.putArray("vitals");
        trend.vitals().forEach(course -> vitals.add(course(course)));
        ArrayNode markers = node.putArray("markers");
        trend.markers().forEach(marker -> markers.addObject().put("t", marker.t().toString()).put("kind", marker.kind()).put("label", marker.label())
                .put("alertId", marker.alertId()).put("priority", marker.priority().name()));
        return node;
    }

    private static ObjectNode course(Trend.Course course) {
        ObjectNode node = JSON.objectNode().put("vital", course.vital()).put("unit", course.unit());
        ArrayNode points = node.putArray("points");
        course.points().forEach(point -> points.addObject().put("t", point.t().toString()).put("min", point.min()).put("value", point.value())
                .put("max", point.max()).put("verdict", point.verdict().name()).put("count", point.count()));
        node.put("gapAfterMillis", course.gapAfterMillis());
        course.limits().ifPresent(limits -> {
            ObjectNode both = node.putObject("limits");
            limits.low().ifPresent(low -> both.put("low", low));
            limits.high().ifPresent(high -> both.put("high", high));
        });
        course.personal().ifPresent(usual -> node.putObject("personal").put("low", usual.low()).put("median", usual.median()).put("high", usual.high()));
        return node;
    }

    static ObjectNode problem(Problem problem) {
        ObjectNode node = JSON.objectNode().put("type", "about:blank").put("title", problem.title()).put("status", problem.status())
                .put("detail", problem.detail());
        problem.parameter().ifPresent(name -> node.putArray("errors").addObject().put("pointer", name).put("detail", problem.detail()));
        return node;
    }

    private static long ageSeconds(Instant time, long nowMillis) {
        return Math.max(0, Duration.between(time, Instant.ofEpochMilli(nowMillis)).toSeconds());
    }

    private static void texts(ArrayNode node, List<String> texts) {
        texts.forEach(node::add);
    }

    private static void put(ObjectNode node, String name, @Nullable Double value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Instant value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }
}

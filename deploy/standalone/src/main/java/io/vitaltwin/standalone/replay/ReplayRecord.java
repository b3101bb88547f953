package io.vitaltwin.standalone.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a replay beside its outputs. Names no patient.
 *
 * @param parameters what it was asked, by the names of the options
 * @param start append time at which its state begins to be made
 * @param firstReading append time of the first reading that there is since then; equal to {@code to} when there is none
 * @param ticks of its clock in each partition
 * @param partitions of its topics
 * @param starts when it was started; more than one: it was interrupted
 * @param finished when it came to its end; empty before
 * @param alertEvents that it wrote; 0 before the end
 * @param carePlans patients with a care plan when it began, of those that were asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplayRecord(String name, State state, Map<String, String> parameters, String start, String firstReading, long ticks, int partitions,
        List<String> starts, String finished, long alertEvents, long carePlans) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How far it is. */
    public enum State { PREPARING, RUNNING, FINISHED }

    public Instant from() {
        return Instant.parse(parameter("--from"));
    }

    public Instant to() {
        return Instant.parse(parameter("--to"));
    }

    public String parameter(String option) {
        return parameters.getOrDefault(option, "");
    }

    ReplayRecord startedAgain(Instant now) {
        List<String> all = new ArrayList<>(starts);
        all.add(now.toString());
        return new ReplayRecord(name, State.RUNNING, parameters, start, firstReading, ticks, partitions, all, "", 0, carePlans);
    }

    ReplayRecord finishedAt(Instant now, long events) {
        return new ReplayRecord(name, State.FINISHED, parameters, start, firstReading, ticks, partitions, starts, now.toString(), events, carePlans);
    }

    /** What another call under the same name asks otherwise; empty: nothing. */
    List<String> differences(Map<String, String> other) {
        return other.entrySet().stream().filter(one -> !one.getValue().equals(parameter(one.getKey())))
                .map(one -> one.getKey() + " was " + shown(parameter(one.getKey())) + " and is " + shown(one.getValue())).toList();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not given" : value;
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the record of a replay cannot be written as JSON", e);
        }
    }

    /** @throws ReplayFailed if the bytes are no record of a replay */
    static ReplayRecord of(String topic, byte[] bytes) {
        try {
            return JSON.readValue(bytes, ReplayRecord.class);
        } catch (IOException e) {
            throw new ReplayFailed("topic " + topic + " holds no record of a replay: remove it with './vitaltwin replay rm NAME'", e);
        }
    }
}

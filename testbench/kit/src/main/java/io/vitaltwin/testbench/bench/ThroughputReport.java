package io.vitaltwin.testbench.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code bench throughput} found. The names are those of its JSON; rates count readings, whatever the size of a batch. */
record ThroughputReport(
        String benchmark,
        String version,
        Machine machine,
        Map<String, String> versions,
        Settings settings,
        List<Result> results,
        StateBytes stateBytes) {

    /** Goal of the design for a twin of five vitals. */
    static final int STATE_LIMIT = 600;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record Machine(int cores, long memoryBytes, long heapBytes, String os, String jdk) {
    }

    /** @param readings measured for each batch size */
    record Settings(int patients, List<String> vitals, long readings, long seed, int partitions, int threads, String guarantee,
            long commitIntervalMillis, String compression, String encryption, String broker) {
    }

    /**
     * @param recordBytes mean size of an input value
     * @param cpuSeconds of the stream threads alone
     * @param cpuRatios as {@code ratios}, of CPU time: hardly disturbed by what else the machine does
     */
    record Result(int batch, long records, long readings, double recordBytes, Rates readingsPerSecond, Rates seconds, Ratios ratios, Rates cpuSeconds,
            Ratios cpuRatios) {

        static Result of(int batch, long records, double recordBytes, Rates seconds, Rates cpuSeconds) {
            long readings = records * batch;
            Rates rates = new Rates(whole(readings / seconds.full()), whole(readings / seconds.passThrough()),
                    whole(readings / seconds.getAndPut()));
            return new Result(batch, records, readings, tenths(recordBytes), rates, rounded(seconds), ratios(seconds), rounded(cpuSeconds), ratios(cpuSeconds));
        }

        private static Ratios ratios(Rates seconds) {
            return new Ratios(thousandths(seconds.passThrough() / seconds.full()), thousandths(seconds.getAndPut() / seconds.full()));
        }

        private static Rates rounded(Rates seconds) {
            return new Rates(thousandths(seconds.full()), thousandths(seconds.passThrough()), thousandths(seconds.getAndPut()));
        }
    }

    /** One figure for each program. */
    record Rates(double full, double passThrough, double getAndPut) {
    }

    /** The whole topology's rate by a floor's. */
    record Ratios(double fullByPassThrough, double fullByGetAndPut) {
    }

    /**
     * Stored state of a twin.
     *
     * @param max largest state that any twin had, settled ones included
     * @param mean of all twins that were measured for speed
     * @param settled twins of a few patients with a long history
     */
    record StateBytes(int max, double mean, int limit, int twins, int vitals, Settled settled) {
    }

    /** @param samples measured of each vital */
    record Settled(int twins, int samples, int max, double mean) {
    }

    /** What makes the run a failed one, each in a sentence. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (stateBytes.max() > stateBytes.limit()) {
            problems.add("the state of a twin takes " + stateBytes.max() + " bytes, more than " + stateBytes.limit());
        }
        if (stateBytes.twins() != settings.patients()) {
            problems.add(stateBytes.twins() + " twins published themselves, not " + settings.patients());
        }
        return problems;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    private static double whole(double value) {
        return Math.rint(value);
    }

    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static double thousandths(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}

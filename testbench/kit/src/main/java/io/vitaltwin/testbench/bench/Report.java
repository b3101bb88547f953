package io.vitaltwin.testbench.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.twin.adapter.RuleSetFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark on data found: a JSON object for programs, and the text for people, built side by side. The JSON begins with the benchmark's
 * name, the versions of program and rule set, and the machine; the rest are the sections in the order in which they were put.
 */
public final class Report {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Double.class, new Plain()).addSerializer(double.class, new Plain()));

    private final Map<String, Object> sections = new LinkedHashMap<>();
    private final List<String> text = new ArrayList<>();

    private Report(String benchmark) {
        sections.put("benchmark", benchmark);
        sections.put("version", Version.current());
        sections.put("rules", RuleSetFile.bundled().version());
        sections.put("machine", Machine.here());
    }

    public static Report of(String benchmark) {
        return new Report(benchmark);
    }

    /**
     * Adds a section of the JSON.
     *
     * @param value a record, list, map with an order of its own, number, text or truth value; a number that is not finite becomes null
     * @throws IllegalArgumentException if there is a section of this name
     */
    public Report put(String name, Object value) {
        if (sections.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("the report has a section " + name + " already");
        }
        return this;
    }

    /** Adds a heading to the text, after an empty line. */
    public Report heading(String heading) {
        if (!text.isEmpty()) {
            text.add("");
        }
        text.add(heading);
        return this;
    }

    /** Adds a line to the text. */
    public Report say(String line) {
        text.add(line);
        return this;
    }

    /** Adds a table to the text; one without rows says so. */
    public Report say(Table table) {
        if (table.isEmpty()) {
            text.add("(nothing)");
        } else {
            text.addAll(table.lines());
        }
        return this;
    }

    /** The text, line by line. */
    public List<String> lines() {
        return List.copyOf(text);
    }

    /** On many lines, for a file that people read too. */
    public String toJson() {
        return write(JSON.writer().with(SerializationFeature.INDENT_OUTPUT));
    }

    /** On one line, for programs. */
    public String toJsonLine() {
        return write(JSON.writer());
    }

    private String write(ObjectWriter writer) {
        try {
            return writer.writeValueAsString(sections);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    /** Six decimals are more than any of these data carry, and hide the last bits of sums. */
    private static final class Plain extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        Plain() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(Math.rint(value * 1e6) / 1e6);
            } else {
                out.writeNull();
            }
        }
    }
}

package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of a CSV file after RFC 4180: a comma between, a doubled quote within quotes, CR LF at the end. */
final class CsvText {

    private CsvText() {
    }

    static String line(List<String> fields) {
        return fields.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A value of a record: text as it is, nothing for null, lists and parts as JSON. */
    static String of(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.isEmpty() ? "" : value.toString();
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\n' || character == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

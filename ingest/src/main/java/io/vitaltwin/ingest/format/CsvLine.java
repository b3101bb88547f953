package io.vitaltwin.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one line at its commas (RFC 4180). A line is cut by itself, so that a quote left open spoils one line and not the rest of the file; a
 * quoted field therefore cannot hold a line break, which no reading needs.
 */
final class CsvLine {

    private static final CsvFactory FACTORY = new CsvFactory();

    private CsvLine() {
    }

    /** @throws LineRefused on bad quoting or control characters, with the column */
    static List<Field> cut(String line) throws LineRefused {
        refuseControlCharacters(line);
        var fields = new ArrayList<Field>();
        int start = 1;
        try (CsvParser parser = FACTORY.createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    fields.add(field(line, parser.getText(), parser.currentTokenLocation().getColumnNr()));
                    start = parser.currentLocation().getColumnNr();
                }
            }
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the line.
            throw LineRefused.invalid(start, "bad quoting: close each quote and put a comma after it; write a quote"
                    + " inside a field twice");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
        placeLastEmptyField(line, fields);
        return fields;
    }

    private static Field field(String line, String text, int column) throws LineRefused {
        if (line.charAt(Math.min(column, line.length()) - 1) != '"' && text.indexOf('"') >= 0) {
            throw LineRefused.invalid(column, "bad quoting: a field that holds a quote must itself be in quotes");
        }
        return new Field(text.strip(), column);
    }

    /** The parser gives an empty field at the end of the line the place of the comma before it. */
    private static void placeLastEmptyField(String line, List<Field> fields) {
        if (fields.size() > 1 && line.endsWith(",") && fields.getLast().text().isEmpty()) {
            fields.set(fields.size() - 1, new Field("", line.length() + 1));
        }
    }

    private static void refuseControlCharacters(String line) throws LineRefused {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) && c != '\t') {
                throw LineRefused.invalid(i + 1, "a control character: remove it; the file may be damaged or not be text");
            }
        }
    }
}

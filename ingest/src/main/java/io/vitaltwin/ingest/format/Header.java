package io.vitaltwin.ingest.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first line of a file: which column holds what. Columns may stand in any order; names are compared exactly. */
final class Header {

    private final Map<String, Integer> places;

    private Header(Map<String, Integer> places) {
        this.places = places;
    }

    /**
     * @param required columns that must be there
     * @param optional columns that may be there; any other is refused, because a misspelt name would silently lose data
     * @throws FileRefused naming the columns that are missing, unknown or doubled
     */
    static Header read(List<Field> fields, List<String> required, List<String> optional) throws FileRefused {
        var places = new HashMap<String, Integer>();
        var unknown = new ArrayList<Integer>();
        for (Field field : fields) {
            String name = field.text();
            int number = places.size() + unknown.size() + 1;
            if (!required.contains(name) && !optional.contains(name)) {
                unknown.add(number);
            } else if (places.put(name, number - 1) != null) {
                throw new FileRefused("header: column " + name + " is there twice: rename or remove one");
            }
        }
        Set<String> missing = new HashSet<>(required);
        missing.removeAll(places.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new FileRefused(complaint(missing, unknown, required, optional));
        }
        return new Header(places);
    }

    /** One data line, checked to have as many fields as the header. */
    Row row(String line) throws LineRefused {
        List<Field> fields = CsvLine.cut(line);
        if (fields.size() != places.size()) {
            int column = fields.size() > places.size() ? fields.get(places.size()).column() : line.length() + 1;
            throw LineRefused.invalid(column, "the line has " + fields.size() + " fields, the header " + places.size()
                    + ": give each column one field, empty where there is nothing");
        }
        return new Row(places, fields);
    }

    private static String complaint(Set<String> missing, List<Integer> unknown, List<String> required, List<String> optional) {
        var parts = new ArrayList<String>();
        if (!missing.isEmpty()) {
            parts.add("missing " + String.join(", ", missing.stream().sorted().toList()));
        }
        if (!unknown.isEmpty()) {
            // By number, not by name: in a file without a header these are measured values.
            parts.add("not known here: number " + String.join(", ", unknown.stream().map(String::valueOf).toList()));
        }
        return "header: columns " + String.join("; ", parts) + "; expected " + String.join(",", required)
                + (optional.isEmpty() ? "" : " and at will " + String.join(",", optional)) + " as the first line";
    }
}

package io.vitaltwin.ingest.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One data line, its fields by column name. */
record Row(Map<String, Integer> places, List<Field> fields) {

    /** @throws LineRefused if the field is empty */
    Field required(String column) throws LineRefused {
        Field field = fields.get(places.get(column));
        if (field.text().isEmpty()) {
            throw LineRefused.invalid(field.column(), column + " is empty: every reading needs it");
        }
        return field;
    }

    /** Absent when the file has no such column or the field is empty. */
    Optional<Field> optional(String column) {
        return Optional.ofNullable(places.get(column)).map(fields::get).filter(field -> !field.text().isEmpty());
    }
}

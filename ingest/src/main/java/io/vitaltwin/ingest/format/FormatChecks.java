package io.vitaltwin.ingest.format;

import java.util.List;

/** What formats check before the first reading. */
final class FormatChecks {

    private FormatChecks() {
    }

    /** @throws FileRefused if a unit was given for a format whose columns already have one */
    static void noUnit(ReadingFormat format, FormatSettings settings) throws FileRefused {
        if (settings.unit().isPresent()) {
            throw new FileRefused("format " + format.name() + " has its own units: leave the unit out");
        }
    }

    /** @throws FileRefused as {@link Header#read} */
    static Header header(String line, List<String> required, List<String> optional) throws FileRefused {
        try {
            return Header.read(CsvLine.cut(line), required, optional);
        } catch (LineRefused e) {
            throw new FileRefused("header: column " + e.column() + ": " + e.getMessage());
        }
    }
}

package io.vitaltwin.ingest.format;

import io.vitaltwin.schemas.Reading;

import java.util.List;

/** Reads one file, line by line, in order. Keeps what it must know of earlier lines; for one file and one thread. */
@FunctionalInterface
public interface LineParser {

    /**
     * The readings of one data line.
     *
     * @param line without its end
     * @return in the order of the columns; empty when the line is about another device than the one that is loaded
     * @throws LineRefused if any part of the line cannot be a reading; then none of it is used
     */
    List<Reading> read(String line) throws LineRefused;
}

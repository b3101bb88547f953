package io.vitaltwin.ingest.format;

/**
 * One field of a line.
 *
 * @param text without quotes and without blanks around it
 * @param column character of the line from 1, where the field starts
 */
record Field(String text, int column) {}

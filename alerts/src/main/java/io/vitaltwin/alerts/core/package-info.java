/**
 * Decides what becomes of alerts in the hands of people; knows the records of the topics and the JDK. Same input, same result: no clock, no I/O, no log.
 *
 * @see "twin-streams/CLINICAL.md section 6.1"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.core;

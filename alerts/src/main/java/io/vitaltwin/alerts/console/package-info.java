/**
 * What the console and its API show: rows, details, roles, filters and the changes that a stream tells. It keeps what topics say in memory and asks a
 * gate before anything about a patient leaves. No Kafka and no HTTP here.
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.console;

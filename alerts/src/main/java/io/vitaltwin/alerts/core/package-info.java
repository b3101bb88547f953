/** Decides what stands open; knows the records of the topics and the JDK. Same input, same result: no clock, no I/O, no log. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.core;

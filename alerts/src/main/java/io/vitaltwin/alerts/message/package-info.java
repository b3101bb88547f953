/** What a message about an alert says. Same input, same result: no clock, no I/O but the bundled sentences, no log. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.message;

/** The console's server: sign-in, sessions, the API and its stream, and the files of the page. Knows no Kafka; what it shows comes from {@code console}. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.web;

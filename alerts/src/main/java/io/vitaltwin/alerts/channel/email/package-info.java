/** The channel that sends e-mail. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.channel.email;

/**
 * How a message reaches a person or a system. A {@link io.vitaltwin.alerts.channel.Channel} sends one message once and says what came of it; who retries,
 * and when, is for its caller. Channels are found by {@link java.util.ServiceLoader} through their {@link io.vitaltwin.alerts.channel.ChannelFactory}.
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.channel;

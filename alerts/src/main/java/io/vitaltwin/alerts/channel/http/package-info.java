/** Channels that speak HTTP. They share one way of sending and of judging an answer: {@link io.vitaltwin.alerts.channel.http.HttpSend}. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.channel.http;

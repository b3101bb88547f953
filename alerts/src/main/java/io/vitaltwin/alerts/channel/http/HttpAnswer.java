package io.vitaltwin.alerts.channel.http;

import java.util.Optional;

/** A successful answer. @param location header of that name; @param body as much of it as is read */
record HttpAnswer(Optional<String> location, byte[] body) {
}

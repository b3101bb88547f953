package io.vitaltwin.alerts.message;

import java.net.URI;

/**
 * A message to a person or a system, ready to be sent. Made again from the same input it is equal, so a repeat says the same.
 *
 * @param id the receiver drops doubles by it: notificationId of the step, or eventId of the change
 * @param subject one line without measured value, name of a vital or pseudonym of the patient; for whatever shows on a locked screen
 * @param body plain text, lines ended by a line feed; may hold measured values where they may be shown
 * @param shortText one line as discreet as the subject, with the link
 * @param notice what this is not; part of the body, for channels that send something else and have room for it
 * @param link where the alert is shown after signing in
 */
public record Message(
        String id, Happening happening, Urgency urgency, Language language, String subject, String body, String shortText, String notice, URI link,
        About about) {

    /** Without text and persons: this may end up in a log. */
    @Override
    public String toString() {
        return "Message[" + id + " " + happening + " " + urgency + " " + language + "]";
    }
}

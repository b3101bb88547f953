package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.twin.core.disclosure.Offer;

/**
 * Something that would be shown about a patient.
 *
 * @param patient pseudonym
 * @param appendMillis append time of its record: it is not earlier now
 * @param offer what it rests on
 * @param content what is handed back when it may be shown
 */
public record Item<T>(String patient, long appendMillis, Offer offer, T content) {
}

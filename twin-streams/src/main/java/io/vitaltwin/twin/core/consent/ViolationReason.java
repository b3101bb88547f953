package io.vitaltwin.twin.core.consent;

/**
 * Why a reading was refused. Stored in state by number: append only.
 *
 * @see "CLINICAL.md sections 8.3.9 and 3.12.11"
 */
public enum ViolationReason {
    /** Nothing active, and nothing was before. */
    NO_CONSENT,
    /** Nothing active any more. */
    WITHDRAWN,
    /** Every permit is past its period. */
    EXPIRED,
    /** The vital is permitted, for another purpose or another action only. */
    PURPOSE_DENIED,
    /** No permit covers the vital, or a deny does. */
    CLASS_DENIED,
    /** Permitted to others. */
    ACTOR_DENIED,
    /** Nobody registered this vital for this patient: decided before consent is asked, never by {@link ConsentTimeline}. */
    HYPERCOLLECTION,
    /** Measured outside the permitted span, or while it was blocked before a new consent. */
    DATA_PERIOD,
    /** Used before a consent that came to be known later forbade it: found when that consent comes, never by {@link ConsentTimeline#decide}. */
    RETROACTIVE
}

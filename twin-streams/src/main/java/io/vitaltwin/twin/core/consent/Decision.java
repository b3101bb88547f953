package io.vitaltwin.twin.core.consent;

/** May this reading be used? With the version of the consent that decided, as {@code <consentId>/<versionId>}. */
public sealed interface Decision {

    /** Empty when no consent is known. */
    String consentVersion();

    default boolean isPermitted() {
        return this instanceof Permitted;
    }

    record Permitted(String consentVersion) implements Decision {
    }

    record Denied(ViolationReason reason, String consentVersion) implements Decision {
    }
}

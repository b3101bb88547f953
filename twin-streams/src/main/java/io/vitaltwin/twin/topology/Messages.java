package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.Reason;

/** What was wrong with a reading and what to do, in one sentence without anything that the reading said. */
final class Messages {

    private Messages() {
    }

    static String of(Reason reason) {
        return switch (reason) {
            case SCHEMA_INVALID -> "the value is missing, not a finite number, or not a code of this vital: send a value of the vital's kind";
            case CODE_UNKNOWN -> "the vital is not one that this version knows: use an id of the catalogue";
            case UNIT_UNKNOWN -> "the unit is not known for any vital: send a UCUM unit of the catalogue";
            case CODE_UNIT_MISMATCH -> "the vital does not come in this unit: send the unit that belongs to it";
            default -> "the reading cannot be used: " + reason;
        };
    }
}

package io.vitaltwin.twin.topology;

/**
 * Why something went to the dead letters.
 *
 * @param code a word for headers and counters
 * @param message what is wrong and what to do, without anything that the record said
 * @param index of the reading in its batch; -1: the whole record
 */
record DeadReason(String code, String message, int index) {

    static DeadReason of(String code, String message) {
        return new DeadReason(code, message, -1);
    }

    static DeadReason ofReading(String code, String message, int index) {
        return new DeadReason(code, message, index);
    }
}

package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/** A run of readings in time order that all meet one condition: CR 0, "sustained". Remembers whether it has been told already. */
final class Span {

    private static final int GOES_ON = 1;
    private static final int TOLD = 2;

    private boolean goesOn;
    private boolean told;
    private long startMillis;
    private long lastMillis;

    /** Takes the next reading. @param longestGapMillis between two readings of the run */
    void feed(long millis, boolean holds, long longestGapMillis) {
        if (!holds) {
            end();
            return;
        }
        if (!goesOn || millis - lastMillis > longestGapMillis) {
            goesOn = true;
            told = false;
            startMillis = millis;
        }
        lastMillis = millis;
    }

    void end() {
        goesOn = false;
        told = false;
    }

    boolean goesOn() {
        return goesOn;
    }

    long startMillis() {
        return startMillis;
    }

    boolean hasLasted(long millis) {
        return goesOn && lastMillis - startMillis >= millis;
    }

    /** Takes note that the run has been told. @return whether this is the first time */
    boolean tell() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** The two bits that {@link #decode} needs. */
    int flags() {
        return (goesOn ? GOES_ON : 0) | (told ? TOLD : 0);
    }

    /** Nothing when no run goes on; else two differences, 2 to 6 bytes. */
    void encode(ByteBuffer out, long baseMillis) {
        if (goesOn) {
            Packed.putSigned(out, baseMillis - lastMillis);
            Packed.put(out, lastMillis - startMillis);
        }
    }

    void decode(ByteBuffer in, int flags, long baseMillis) {
        goesOn = (flags & GOES_ON) != 0;
        told = (flags & TOLD) != 0;
        if (goesOn) {
            lastMillis = baseMillis - Packed.getSigned(in);
            startMillis = lastMillis - Packed.get(in);
        }
    }
}

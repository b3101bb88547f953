package io.vitaltwin.twin.core.part;

import java.nio.ByteBuffer;

/**
 * What one rule or check remembers of a patient over all devices. A working object: it is decoded when somebody asks for it, changed in place
 * and stored with the twin. Its stored form stands for itself: it knows its own base times and has no end mark.
 */
public interface Part {

    /** Nothing is remembered: nothing is stored. */
    boolean isEmpty();

    /** Appends the stored form. */
    void encode(ByteBuffer out);
}

package io.vitaltwin.twin.core.rules;

import java.util.ArrayList;
import java.util.List;

/** Words that go with an alert. Kept as a bit mask in state: append only. */
public enum Tag {
    /** The score lacks inputs. */
    PARTIAL,
    /** A consumer device alone: confirm with a medical one. */
    UNVERIFIED,
    /** The uncertainty of the measurement lowered the priority: measure again with a medical device. */
    REMEASURE,
    /** A second vital, a second device or a symptom says the same. */
    CORROBORATED,
    /** An input of the score is SUSPECT. */
    SUSPECT_INPUT,
    /** The patient disputes it. */
    DISPUTED,
    /** The weight of the day was not taken in the morning. */
    OFF_PROTOCOL,
    /** Someone else may have used the device. */
    WRONG_PERSON,
    /** Silence of one device or sensor while others are heard. */
    SILENT_DEVICE,
    /** Silence of everything at once: what the devices share, such as a gateway or its link. */
    SILENT_GATEWAY,
    /** Silence of which nothing tells where it begins. */
    SILENT_UNKNOWN,
    /** The rule was not made for people like this patient. */
    EXTRAPOLATED,
    /** The same condition ended a short while ago at this priority or a higher one: told, but nobody need be called again. */
    REFRACTORY,
    /** The value lies within one sigma of the limit: the measurement cannot tell on which side of it the patient is. */
    BORDERLINE;

    private static final Tag[] VALUES = values();

    public int bit() {
        return 1 << ordinal();
    }

    public static List<Tag> of(int mask) {
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : VALUES) {
            if ((mask & tag.bit()) != 0) {
                tags.add(tag);
            }
        }
        return tags;
    }
}

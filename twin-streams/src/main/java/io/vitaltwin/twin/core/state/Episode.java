package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** An open episode: which rules of the family hold, each with the priority that it has reached. 6 to 12 bytes; where it has a key, that as well. */
public final class Episode {

    private static final Priority[] PRIORITIES = Priority.values();

    /** Beside the family, of one of which only some episodes have a key: a key follows. */
    private static final int HAS_KEY = 0x80;

    private final Family family;
    private final String key;
    private final long startMillis;
    private final EnumMap<RuleId, Priority> active = new EnumMap<>(RuleId.class);
    private int tags;

    /** @param key which of the family; empty where it has one episode only, and where the episode is about no device in particular */
    public Episode(Family family, String key, long startMillis) {
        if (key.isEmpty() ? family.isKeyed() : !family.mayBeKeyed()) {
            throw new IllegalArgumentException("an episode of " + family + " with the key '" + key + "'");
        }
        this.family = family;
        this.key = key;
        this.startMillis = startMillis;
    }

    public Episode(Family family, long startMillis) {
        this(family, "", startMillis);
    }

    public Family family() {
        return family;
    }

    /** Which of the family; empty where the family has one episode only. */
    public String key() {
        return key;
    }

    public long startMillis() {
        return startMillis;
    }

    /** Rules that hold now. Not to be changed by the caller. */
    public Map<RuleId, Priority> active() {
        return active;
    }

    public boolean holds(RuleId rule) {
        return active.containsKey(rule);
    }

    /** Priority that the rule has reached in this episode; empty when it does not hold. */
    public Optional<Priority> priorityOf(RuleId rule) {
        return Optional.ofNullable(active.get(rule));
    }

    public void hold(RuleId rule, Priority priority) {
        active.put(rule, priority);
    }

    public void release(RuleId rule) {
        active.remove(rule);
    }

    /** The highest priority among the rules that hold; INFO when none does. */
    public Priority priority() {
        Priority highest = Priority.INFO;
        for (Priority priority : active.values()) {
            highest = priority.isAbove(highest) ? priority : highest;
        }
        return highest;
    }

    /** The rule that gives the episode its priority; empty when none holds. */
    public Optional<RuleId> leadingRule() {
        RuleId leading = null;
        for (Map.Entry<RuleId, Priority> entry : active.entrySet()) {
            if (leading == null || entry.getValue().isAbove(active.get(leading))) {
                leading = entry.getKey();
            }
        }
        return Optional.ofNullable(leading);
    }

    public int tags() {
        return tags;
    }

    public void tag(int mask) {
        tags |= mask;
    }

    /** Takes words away that no longer hold. */
    public void untag(int mask) {
        tags &= ~mask;
    }

    void encode(ByteBuffer out, long baseMillis) {
        out.put((byte) (family.ordinal() | (family.isKeyed() || key.isEmpty() ? 0 : HAS_KEY)));
        if (!key.isEmpty()) {
            Packed.putText(out, key);
        }
        Packed.putSigned(out, baseMillis - startMillis);
        Packed.put(out, tags);
        out.put((byte) active.size());
        active.forEach((rule, priority) -> {
            out.put((byte) rule.ordinal());
            out.put((byte) priority.ordinal());
        });
    }

    static Episode decode(ByteBuffer in, long baseMillis) {
        int head = in.get() & 0xFF;
        Family family = Family.ofOrdinal(head & ~HAS_KEY);
        String key = family.isKeyed() || (head & HAS_KEY) != 0 ? Packed.getText(in) : "";
        Episode episode = new Episode(family, key, baseMillis - Packed.getSigned(in));
        episode.tags = Packed.getInt(in);
        for (int rest = in.get(); rest > 0; rest--) {
            RuleId rule = RuleId.ofOrdinal(in.get());
            episode.active.put(rule, PRIORITIES[in.get()]);
        }
        return episode;
    }
}

package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the patient said in the last week, newest first: symptoms, disputes, circumstances. The same statement sent twice is one. Some 20 bytes each, for
 * patients who said something.
 *
 * @see "CLINICAL.md section 8.4, E8.1 and E9"
 */
public final class Statements implements Part {

    public static final PartType<Statements> TYPE = new PartType<>(PartKind.STATEMENTS, Statements.class, Statements::new, Statements::decode);

    /** Until when it was so is not known. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Project defaults, no source. */
    private static final int MOST_SHOWN = 8;
    private static final int MOST_NOTES = 8;
    private static final long SHOWN_MILLIS = 7 * 86_400_000L;
    private static final long NOTE_MILLIS = 86_400_000L;

    private static final int DISAGREES = 4;
    private static final int OF_READINGS = 8;
    private static final int HAS_END = 16;
    private static final Kind[] KINDS = Kind.values();
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** Stored by number: append only. */
    public enum Kind { SYMPTOM, DISPUTE, CONTEXT_NOTE }

    /**
     * One thing that the patient said.
     *
     * @param word the symptom, the disputed rule or vital, or the circumstance: a code, never free text
     * @param device of a dispute of readings: the device that measured them; empty: any
     * @param untilMillis included; {@link #OPEN} when it is not known
     * @param disagrees the devices say something else
     * @param ofReadings a dispute of readings: the word is a vital
     */
    public record Statement(Kind kind, String word, String device, long fromMillis, long untilMillis, boolean disagrees, boolean ofReadings) {

        boolean disputes(Vital vital, String deviceId, long millis) {
            return ofReadings && word.equals(vital.id()) && (device.isEmpty() || device.equals(deviceId))
                    && fromMillis <= millis && millis <= untilMillis;
        }

        private boolean holdsAt(long millis) {
            return fromMillis <= millis && millis <= (untilMillis == OPEN ? fromMillis + NOTE_MILLIS : untilMillis);
        }

        private boolean repeats(Statement other) {
            return kind == other.kind && word.equals(other.word) && device.equals(other.device) && fromMillis == other.fromMillis;
        }
    }

    private final List<Statement> all = new ArrayList<>();

    /** The word if it is a code; what is no code could be free text and is not kept. */
    public static String code(String word) {
        return CODE.matcher(word).matches() ? word : "other";
    }

    /** Takes note of a statement. What is too old, or one too many, is forgotten. */
    public void add(Statement statement, long nowMillis) {
        all.removeIf(other -> other.repeats(statement));
        all.add(statement);
        all.sort(Comparator.comparingLong(Statement::fromMillis).reversed());
        all.removeIf(other -> isOld(other, nowMillis));
        List<Statement> notes = all.stream().filter(one -> one.kind() == Kind.CONTEXT_NOTE).toList();
        List<Statement> others = all.stream().filter(one -> one.kind() != Kind.CONTEXT_NOTE).toList();
        all.removeAll(notes.subList(Math.min(MOST_NOTES, notes.size()), notes.size()));
        all.removeAll(others.subList(Math.min(MOST_SHOWN, others.size()), others.size()));
    }

    private static boolean isOld(Statement statement, long nowMillis) {
        long last = statement.untilMillis() == OPEN ? statement.fromMillis() : statement.untilMillis();
        return Math.max(statement.fromMillis(), last) < nowMillis - SHOWN_MILLIS;
    }

    /** What is shown beside the devices, newest first. */
    public List<Statement> shown(long nowMillis) {
        return all.stream().filter(statement -> !isOld(statement, nowMillis)).limit(MOST_SHOWN).toList();
    }

    /** Codes of the circumstances that held at this moment, in the order of the alphabet. */
    public List<String> notesAt(long millis) {
        return all.stream().filter(one -> one.kind() == Kind.CONTEXT_NOTE && one.holdsAt(millis)).map(Statement::word).distinct().sorted().toList();
    }

    /** Whether the patient says that this reading is not right. */
    public boolean isDisputed(Vital vital, String deviceId, long millis) {
        return all.stream().anyMatch(statement -> statement.disputes(vital, deviceId, millis));
    }

    /** Whether any readings are disputed. */
    boolean disputesReadings() {
        return all.stream().anyMatch(Statement::ofReadings);
    }

    void forget(Predicate<Statement> which) {
        all.removeIf(which);
    }

    @Override
    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        long before = 0;
        for (Statement one : all) {
            boolean ends = one.untilMillis() != OPEN;
            out.put((byte) (one.kind().ordinal() | (one.disagrees() ? DISAGREES : 0) | (one.ofReadings() ? OF_READINGS : 0) | (ends ? HAS_END : 0)));
            Packed.putText(out, one.word());
            Packed.putSigned(out, one.fromMillis() - before);
            if (one.ofReadings()) {
                Packed.putText(out, one.device());
            }
            if (ends) {
                Packed.putSigned(out, one.untilMillis() - one.fromMillis());
            }
            before = one.fromMillis();
        }
    }

    static Statements decode(ByteBuffer in) {
        Statements statements = new Statements();
        long before = 0;
        while (in.hasRemaining()) {
            int head = in.get();
            String word = Packed.getText(in);
            before += Packed.getSigned(in);
            boolean ofReadings = (head & OF_READINGS) != 0;
            String device = ofReadings ? Packed.getText(in) : "";
            long until = (head & HAS_END) != 0 ? before + Packed.getSigned(in) : OPEN;
            statements.all.add(new Statement(KINDS[head & 3], word, device, before, until, (head & DISAGREES) != 0, ofReadings));
        }
        return statements;
    }
}

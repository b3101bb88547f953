package io.vitaltwin.twin.core.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded timelines with everything in them: exceptions of exceptions, periods, withdrawals, versions meant for later, broken glasses. */
final class RandomConsents {

    static final long HOUR = 3_600_000;
    static final int HOURS = 24;
    static final List<String> VITALS = List.of("spo2", "heart_rate", "steps");
    static final List<String> PURPOSES = List.of("TREAT", "HRESCH", "ETREAT");
    static final List<String> ACTORS = List.of("vitaltwin", "dashboard");

    private final Random random;

    RandomConsents(long seed) {
        random = new Random(seed);
    }

    /** Of different append times, oldest first. */
    List<ConsentVersion> versions() {
        List<ConsentVersion> versions = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            long known = (i + 1) * (HOURS / 6) * HOUR - random.nextInt(60) * 60_000L;
            versions.add(random.nextInt(8) == 0 ? brokenGlass(i, known) : consent(i, known));
        }
        return versions;
    }

    private ConsentVersion brokenGlass(int number, long known) {
        return ConsentVersion.brokenGlass("c" + random.nextInt(2), "v" + number, known,
                new Emergency("physician", "dr-1", random.nextInt(4) == 0 ? " " : "coma"));
    }

    private ConsentVersion consent(int number, long known) {
        ConsentStatus status = random.nextInt(4) == 0 ? ConsentStatus.values()[random.nextInt(6)] : ConsentStatus.ACTIVE;
        long effective = random.nextInt(4) == 0 ? time() : known;
        return new ConsentVersion("c" + random.nextInt(2), "v" + number, status, effective, known, provisions(), random.nextInt(12) != 0, null);
    }

    private List<Provision> provisions() {
        List<Provision> rules = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            int outer = i > 0 && random.nextInt(3) > 0 ? random.nextInt(i) : Provision.ALONE;
            boolean mistaken = random.nextInt(40) == 0;
            boolean deny = outer == Provision.ALONE ? random.nextInt(3) == 0 : rules.get(outer).type() == Provision.Type.PERMIT != mistaken;
            rules.add(limited(deny ? Provision.deny(some(PURPOSES)) : Provision.permit(some(PURPOSES)))
                    .asExceptionTo(random.nextInt(60) == 0 ? i + random.nextInt(3) : outer));
        }
        return rules;
    }

    private Provision limited(Provision rule) {
        Provision limited = rule.forVitals(some(VITALS)).forActors(some(ACTORS)).forActions(some(stages()));
        if (random.nextInt(4) == 0) {
            limited = limited.during(random.nextBoolean() ? Provision.OPEN_START : time(), random.nextBoolean() ? Provision.OPEN_END : time());
        }
        if (random.nextInt(4) == 0) {
            limited = limited.forData(random.nextBoolean() ? Provision.OPEN_START : time(), random.nextBoolean() ? Provision.OPEN_END : time());
        }
        return limited;
    }

    /** Mostly none, which means any. */
    private String[] some(List<String> words) {
        return random.nextInt(3) > 0 ? new String[0] : words.stream().filter(word -> random.nextInt(3) > 0).toArray(String[]::new);
    }

    private static List<String> stages() {
        return List.of("COLLECT", "USE", "DISCLOSE", "PREDICT", "SCREEN");
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Stage stage() {
        return oneOf(List.of(Stage.values()));
    }

    long time() {
        return random.nextInt(HOURS * 4) * HOUR / 4;
    }
}

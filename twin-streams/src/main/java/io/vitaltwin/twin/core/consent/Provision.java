package io.vitaltwin.twin.core.consent;

import java.util.List;

/**
 * One rule of a consent. An empty list or an open bound means: any. Words that nobody knows are kept, so that a rule that names only
 * unknown words covers nothing instead of everything.
 *
 * <p>A rule may be an exception to an earlier rule of the other type. It then covers only what both cover, and where it covers something it
 * decides instead of that rule (FHIR R4 Consent.provision.provision).
 *
 * @param purposes v3 ActReason codes, such as TREAT
 * @param vitals vital ids; also of vitals that the twin does not know
 * @param actions names of {@link Stage}; others never match
 * @param periodStart first millisecond of processing that the rule covers, {@link #OPEN_START} when open
 * @param periodEnd first millisecond after it, {@link #OPEN_END} when open
 * @param dataStart first effective time that the rule covers, {@link #OPEN_START} when open
 * @param dataEnd first effective time after it, {@link #OPEN_END} when open
 * @param exceptionTo place of the earlier rule in the list of the version; {@link #ALONE} when it is an exception to none
 */
public record Provision(
        Type type,
        List<String> purposes,
        List<String> vitals,
        List<String> actors,
        List<String> actions,
        long periodStart,
        long periodEnd,
        long dataStart,
        long dataEnd,
        int exceptionTo) {

    public static final long OPEN_START = Long.MIN_VALUE;
    public static final long OPEN_END = Long.MAX_VALUE;
    public static final int ALONE = -1;

    /** Stored in state by number. */
    public enum Type { PERMIT, DENY }

    /** The order of words and their repetition say nothing: kept sorted, each once. */
    public Provision {
        purposes = canonical(purposes);
        vitals = canonical(vitals);
        actors = canonical(actors);
        actions = canonical(actions);
    }

    /** For any vital, actor, action and time; for any purpose too when none is named. */
    public static Provision permit(String... purposes) {
        return of(Type.PERMIT, purposes);
    }

    /** For any vital, actor, action and time; for any purpose too when none is named. */
    public static Provision deny(String... purposes) {
        return of(Type.DENY, purposes);
    }

    private static Provision of(Type type, String... purposes) {
        return new Provision(type, List.of(purposes), List.of(), List.of(), List.of(), OPEN_START, OPEN_END, OPEN_START, OPEN_END,
                ALONE);
    }

    public Provision forVitals(String... ids) {
        return new Provision(type, purposes, List.of(ids), actors, actions, periodStart, periodEnd, dataStart, dataEnd, exceptionTo);
    }

    public Provision forActors(String... pseudonyms) {
        return new Provision(type, purposes, vitals, List.of(pseudonyms), actions, periodStart, periodEnd, dataStart, dataEnd, exceptionTo);
    }

    public Provision forActions(String... names) {
        return new Provision(type, purposes, vitals, actors, List.of(names), periodStart, periodEnd, dataStart, dataEnd, exceptionTo);
    }

    /** Processing times, end excluded. */
    public Provision during(long start, long end) {
        return new Provision(type, purposes, vitals, actors, actions, start, end, dataStart, dataEnd, exceptionTo);
    }

    /** Effective times, end excluded. */
    public Provision forData(long start, long end) {
        return new Provision(type, purposes, vitals, actors, actions, periodStart, periodEnd, start, end, exceptionTo);
    }

    /** @param place of the earlier rule in the list of the version */
    public Provision asExceptionTo(int place) {
        return new Provision(type, purposes, vitals, actors, actions, periodStart, periodEnd, dataStart, dataEnd, place);
    }

    boolean isLiveAt(long processingMillis) {
        return periodStart <= processingMillis && processingMillis < periodEnd;
    }

    boolean coversData(long effectiveMillis) {
        return dataStart <= effectiveMillis && effectiveMillis < dataEnd;
    }

    /** Whether the rule says itself from when on data are covered; only such a rule reaches back over a time that was blocked. */
    boolean namesDataStart() {
        return dataStart != OPEN_START;
    }

    /** USE covers its parts too. */
    boolean coversAction(Stage stage) {
        return covers(actions, stage.name()) || stage.isPartOfUse() && actions.contains(Stage.USE.name());
    }

    static boolean covers(List<String> words, String word) {
        return words.isEmpty() || words.contains(word);
    }

    private static List<String> canonical(List<String> words) {
        return words.size() < 2 ? List.copyOf(words) : words.stream().sorted().distinct().toList();
    }
}

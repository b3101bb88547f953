package io.vitaltwin.twin.core.disclosure;

/** Every way by which something about a patient leaves the system. What is not listed here does not exist: a new way out begins here. */
public enum Egress {
    TAIL_ALERTS("tail-alerts", Basis.CONSENT),
    TAIL_QUALITY("tail-quality", Basis.CONSENT),
    TAIL_TWINS("tail-twins", Basis.CONSENT),
    TAIL_NOTIFICATIONS("tail-notifications", Basis.CONSENT),
    TWIN_SHOW("twin-show", Basis.CONSENT),
    /** What would have been under another plan. */
    WHAT_IF("what-if", Basis.CONSENT),
    ALERT_LIST("alert-list", Basis.CONSENT),
    /** Live twins and readings over time, asked over HTTP. */
    QUERY_API("query-api", Basis.CONSENT),
    /** A message about an alert to a person on duty. */
    NOTIFICATION("notification", Basis.CONSENT),
    /** A page of the console, or a program that asks the same. */
    API("api", Basis.CONSENT),
    /** Each event of the console's stream. */
    API_STREAM("api-stream", Basis.CONSENT),
    /** Patients who look at themselves. */
    API_OWN("api-own", Basis.RIGHT_OF_ACCESS),
    SINK_READINGS("sink-readings", Basis.CONSENT),
    SINK_ALERTS("sink-alerts", Basis.CONSENT),
    /** Somebody in a scenario file who asks for every reading. */
    SCENARIO_SINK("scenario-sink", Basis.CONSENT),
    /** What a replay raises, on topics of its own. */
    SHADOW("shadow", Basis.CONSENT),
    /** A comparison of what two runs raised. */
    DIFF("diff", Basis.CONSENT),
    /** The patient's own copy. */
    EXPORT("export", Basis.RIGHT_OF_ACCESS);

    /** Why something may go out at all. */
    public enum Basis {
        /** The patient permitted it: asked for each datum. */
        CONSENT,
        /** GDPR 15 and 20: patients get their own data whatever they permitted to others. Only written down. */
        RIGHT_OF_ACCESS
    }

    private final String word;
    private final Basis basis;

    Egress(String word, Basis basis) {
        this.word = word;
        this.basis = basis;
    }

    /** As the record of a disclosure names it. */
    public String word() {
        return word;
    }

    public Basis basis() {
        return basis;
    }
}

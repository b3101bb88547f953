package io.vitaltwin.alerts.core;

/** Why an action cannot be. The name is the code that its sender is told. */
public enum Refusal {
    NO_ACTION_ID("an action needs an id of its own, so that it is not done twice"),
    OTHER_PATIENT("the action names another patient than its key"),
    NO_ACTOR("an action needs an actor"),
    UNKNOWN_ALERT("no such alert stands, or was resolved of late"),
    TEXT_TOO_LONG("the text is longer than " + Refusal.LONGEST_TEXT + " characters"),
    NO_TEXT("a comment needs a text"),
    NO_REASON("this action needs a reason, as its text"),
    NO_ASSIGNEE("an assignment needs somebody to take over"),
    NO_EXPIRY("a snooze needs a time at which the alert comes back"),
    EXPIRY_PAST("the snooze would end before it begins"),
    EXPIRY_TOO_FAR("the snooze is too long: at most 24 h, and 60 min for HIGH"),
    ALREADY_ACKNOWLEDGED("somebody has acknowledged it already"),
    CONDITION_OVER("the condition is over: acknowledge or resolve it"),
    ALREADY_RESOLVED("it is resolved: reopen it first"),
    NOT_RESOLVED("only what is resolved can be reopened"),
    NOT_REOPENABLE("it ended because its data may not be used"),
    CHANGED_SINCE_SEEN("it has become worse since it was seen"),
    NOTHING_TO_UNDO("the newest thing that happened to the alert is not this action"),
    NOT_YOUR_ACTION("only who did it may undo it"),
    UNDO_TOO_LATE("it is too late to undo");

    static final int LONGEST_TEXT = 2_000;

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** What is wrong, for people. */
    public String words() {
        return words;
    }
}

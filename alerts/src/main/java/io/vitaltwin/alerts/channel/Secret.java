package io.vitaltwin.alerts.channel;

/** Text that must not be seen. Prints as three stars. */
public final class Secret {

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** The text, for the line that sends it. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}

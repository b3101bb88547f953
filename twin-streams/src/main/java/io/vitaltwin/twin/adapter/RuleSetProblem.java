package io.vitaltwin.twin.adapter;

import java.util.List;

/** A rule set that cannot be used. The message names file, line and what to do; of several problems the first. */
public final class RuleSetProblem extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> all;

    public RuleSetProblem(String message) {
        super(message);
        this.all = List.of(message);
    }

    public RuleSetProblem(String message, Throwable cause) {
        super(message, cause);
        this.all = List.of(message);
    }

    /** @param all at least one, each with file and line */
    RuleSetProblem(List<String> all) {
        super(all.getFirst() + (all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more; 'rules check' names them all)"));
        this.all = List.copyOf(all);
    }

    /** Every problem that was found, each with file and line. */
    public List<String> all() {
        return all;
    }
}

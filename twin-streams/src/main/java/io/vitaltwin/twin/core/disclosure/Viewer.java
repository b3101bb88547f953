package io.vitaltwin.twin.core.disclosure;

import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who wants to see, and for what.
 *
 * @param purpose v3 ActReason code, such as TREAT
 * @param actor pseudonym of a person or name of a system
 * @param role in which the actor sees it, such as nurse; empty: none is stated
 */
public record Viewer(String purpose, String actor, String role) {

    private static final Set<String> TREATMENT = Set.of("TREAT", "ETREAT");
    private static final Pattern PURPOSE = Pattern.compile("[A-Z][A-Z0-9_-]{1,31}");
    private static final int MAX_LENGTH = 256;

    /** @throws IllegalArgumentException naming the part that cannot be used */
    public Viewer {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("purpose must be a v3 ActReason code such as TREAT or HRESCH");
        }
        if (actor.isBlank() || !isPlain(actor)) {
            throw new IllegalArgumentException("actor must be 1 to " + MAX_LENGTH + " printable characters");
        }
        if (!isPlain(role)) {
            throw new IllegalArgumentException("role must be at most " + MAX_LENGTH + " printable characters");
        }
    }

    /** Whether it is for the treatment of this very patient. */
    public boolean treats() {
        return TREATMENT.contains(purpose);
    }

    /**
     * A version of a consent in which every rule that names the role also names the actor, so that it can be asked by one name. A rule that
     * names either is about this viewer: permits of the one and denies of the other meet as if they named the same.
     */
    public ConsentVersion read(ConsentVersion version) {
        boolean named = !role.isEmpty() && version.provisions().stream().anyMatch(rule -> rule.actors().contains(role));
        return named ? version.withProvisions(version.provisions().stream().map(this::read).toList()) : version;
    }

    private Provision read(Provision rule) {
        if (!rule.actors().contains(role)) {
            return rule;
        }
        List<String> actors = new ArrayList<>(rule.actors());
        actors.add(actor);
        return rule.forActors(actors.toArray(String[]::new));
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }
}

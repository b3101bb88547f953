package io.vitaltwin.alerts.web;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A local account.
 *
 * @param password hash as {@link Passwords} makes it
 * @param mustChange whether the password is a first one
 * @param tokens SHA-256 of tokens for programs
 */
record Account(Visitor visitor, String password, boolean mustChange, List<String> tokens) {

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /** @throws IllegalArgumentException saying what cannot be */
    Account {
        if (!USER.matcher(visitor.user()).matches()) {
            throw new IllegalArgumentException("a user is 1 to 64 letters, digits and . _ @ -, and begins with a letter or a digit");
        }
        Passwords.check(password);
        tokens = List.copyOf(tokens);
        if (!tokens.stream().allMatch(token -> token.matches("[0-9a-f]{64}"))) {
            throw new IllegalArgumentException("tokens are SHA-256 in hexadecimal");
        }
    }

    static Account of(String user, Role role, Set<String> teams, String patient, String password, boolean mustChange) {
        return new Account(new Visitor(user, role, new TreeSet<>(teams), patient), Passwords.hash(password), mustChange, List.of());
    }

    String user() {
        return visitor.user();
    }

    Account withPassword(String hash) {
        return new Account(visitor, hash, false, tokens);
    }
}

package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.OpenAlert;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Quadrant;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.topology.StoredTwins.Told;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which twins a list is to hold: terms {@code name:value} with commas between, of which all must hold. Pure.
 * <pre>
 *   priority:HIGH     an open episode of this priority or a higher one
 *   rule:SPO2_CRIT    an open episode that this rule leads        family:SPO2   ... of this family
 *   vital:spo2        a current value of this vital               verdict:SUSPECT   a newest value with this verdict
 *   quadrant:UNUSUAL  a vital in this quadrant                    news2:5   at least 5 points for certain
 *   monitored:false   whether any consent permits monitoring      silent:true   whether any device is silent
 * </pre>
 */
final class Filter {

    private final List<Predicate<Told>> terms;

    private Filter(List<Predicate<Told>> terms) {
        this.terms = terms;
    }

    /** @param text empty: everybody @throws Problem 422 naming the term that cannot be read */
    static Filter of(String text) {
        List<Predicate<Told>> terms = new ArrayList<>();
        for (String term : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int colon = term.indexOf(':');
            if (colon < 0) {
                throw wrong("a term is NAME:VALUE");
            }
            terms.add(term(term.substring(0, colon).strip(), term.substring(colon + 1).strip()));
        }
        return new Filter(terms);
    }

    boolean takes(Told twin) {
        return terms.stream().allMatch(term -> term.test(twin));
    }

    private static Predicate<Told> term(String name, String value) {
        return switch (name) {
            case "priority" -> {
                Priority least = word(Priority.class, value, name);
                yield episode(alert -> alert.getPriority().compareTo(least) <= 0);     // the highest comes first
            }
            case "rule" -> episode(alert -> alert.getRule().equals(value));
            case "family" -> episode(alert -> alert.getFamily().equals(value));
            case "vital" -> twin -> snapshot(twin).getVitals().stream().anyMatch(vital -> vital.getVital().equals(value));
            case "verdict" -> {
                Verdict verdict = word(Verdict.class, value, name);
                yield twin -> snapshot(twin).getVitals().stream().anyMatch(vital -> vital.getVerdict() == verdict);
            }
            case "quadrant" -> {
                Quadrant quadrant = word(Quadrant.class, value, name);
                yield twin -> snapshot(twin).getVitals().stream().anyMatch(vital -> vital.getQuadrant() == quadrant);
            }
            case "news2" -> {
                int least = number(value);
                yield twin -> snapshot(twin).getNews2() != null && snapshot(twin).getNews2().getKnownSum() >= least;
            }
            case "monitored" -> {
                boolean wanted = truth(value, name);
                yield twin -> twin.monitored() == wanted;
            }
            case "silent" -> {
                boolean wanted = truth(value, name);
                yield twin -> twin.silent().isEmpty() != wanted;
            }
            default -> throw wrong("known terms are priority, rule, family, vital, verdict, quadrant, news2, monitored and silent");
        };
    }

    private static TwinSnapshot snapshot(Told twin) {
        return twin.snapshot();
    }

    private static Predicate<Told> episode(Predicate<OpenAlert> wanted) {
        return twin -> snapshot(twin).getOpenAlerts().stream().anyMatch(wanted);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String value, String name) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(name + " must be one of " + List.of(type.getEnumConstants()));
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong("news2 must be a whole number");
        }
    }

    private static boolean truth(String value, String name) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name + " must be true or false");
        };
    }

    private static Problem wrong(String detail) {
        return Problem.wrong("filter", detail);
    }
}

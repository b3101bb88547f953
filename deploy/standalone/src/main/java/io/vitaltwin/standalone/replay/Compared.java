package io.vitaltwin.standalone.replay;

import io.vitaltwin.twin.core.diff.AlertDiff;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * Two runs, compared.
 *
 * @param before name of the one
 * @param after name of the other
 * @param patients for rates: those with a care plan, or those that were asked for
 * @param withheld events that no consent covers showing; left out
 */
public record Compared(String before, String after, Range range, long patients, long withheld, AlertDiff diff) {

    /** An average month. */
    private static final double DAYS_OF_A_MONTH = 365.25 / 12;

    /** What both runs cover. */
    public record Range(Instant from, Instant to, long carePlans, List<ReplayRecord> replays) {

        /** @throws IllegalArgumentException if there is no replay among them, or no time that all cover */
        public static Range of(List<ReplayRecord> replays) {
            if (replays.isEmpty()) {
                throw new IllegalArgumentException("at least one of the two is the name of a replay");
            }
            Instant from = replays.stream().map(ReplayRecord::from).max(Comparator.naturalOrder()).orElseThrow();
            Instant to = replays.stream().map(ReplayRecord::to).min(Comparator.naturalOrder()).orElseThrow();
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("the replays " + replays.stream().map(ReplayRecord::name).toList() + " have no time in common");
            }
            return new Range(from, to, replays.stream().mapToLong(ReplayRecord::carePlans).min().orElse(0), replays);
        }

        /** @throws IllegalArgumentException if a replay was of other patients than these; empty: all */
        public void requirePatients(SortedSet<String> chosen) {
            for (ReplayRecord replay : replays) {
                String of = replay.parameter("--patient");
                if (!of.equals("all") && !of.equals(ReplayRequest.patientsDigest(replay.name(), chosen))) {
                    throw new IllegalArgumentException("the replay " + replay.name() + " is of some patients only: name the same with --patient");
                }
            }
        }

        Duration length() {
            return Duration.between(from, to);
        }
    }

    /** Time of all patients together. */
    public double patientMonths() {
        return patients * range.length().toMillis() / (Duration.ofDays(1).toMillis() * DAYS_OF_A_MONTH);
    }

    /** @return NaN when nobody was there */
    public double perPatientMonth(long episodes) {
        return patients == 0 ? Double.NaN : episodes / patientMonths();
    }
}

package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.adapter.trial.VirtualTrial;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.trial.AlarmComparison;
import io.vitaltwin.twin.core.trial.AlarmEpisode;
import io.vitaltwin.twin.core.trial.StaffLoad;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The trial of one patient.
 *
 * @param patient as people know them
 * @param took how long both folds took
 */
record WhatIfAnswer(String patient, VirtualTrial.Result result, Duration took) {

    private static final double SECONDS_A_DAY = 86_400;

    /** Length of the span in days. */
    double days() {
        return Duration.between(result.from(), result.until()).toMillis() / 1000.0 / SECONDS_A_DAY;
    }

    StaffLoad was() {
        return StaffLoad.of(result.was());
    }

    StaffLoad would() {
        return StaffLoad.of(result.would());
    }

    /** Median time from the first reading of a run to the alert, of the physiological alerts that both runs have. */
    Optional<Duration> delay(Function<AlarmComparison.Pair, AlarmEpisode> side) {
        return StaffLoad.medianDelay(result.comparison().pairs().stream().map(side).filter(episode -> episode.lane() == Lane.PHYSIOLOGICAL).toList());
    }

    /** Vitals that have a forecast. */
    static List<TwinVital> forecasts(Optional<TwinSnapshot> snapshot) {
        return snapshot.map(TwinSnapshot::getVitals).orElse(List.of()).stream().filter(vital -> !vital.getForecast().isEmpty()).toList();
    }
}

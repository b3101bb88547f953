package io.vitaltwin.twin.adapter;

import dev.cel.runtime.CelVariableResolver;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.forecast.Forecast;
import io.vitaltwin.twin.core.quality.Conformance;
import io.vitaltwin.twin.core.rules.TwinView;
import io.vitaltwin.twin.core.rules.TwinView.Newest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The view of a twin as values of the expression language: what is absent is no key. Made for one asking; only what is asked for is made. */
final class CelView implements CelVariableResolver {

    private final TwinView view;
    private final Set<Vital> vitals;

    CelView(TwinView view, Set<Vital> vitals) {
        this.view = view;
        this.vitals = vitals;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case CelTypes.LATEST -> Optional.of(latest());
            case CelTypes.AGE -> Optional.of(ages());
            case CelTypes.BASELINE -> Optional.of(baselines());
            case CelTypes.TREND -> Optional.of(trends());
            case CelTypes.FORECAST -> Optional.of(forecasts());
            case CelTypes.QUALITY -> Optional.of(qualities());
            case CelTypes.CONTEXT -> Optional.of(view.context().name());
            default -> Optional.empty();
        };
    }

    private Map<String, Object> latest() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            view.latest(vital).ifPresent(newest -> found.put(vital.id(), value(vital, newest)));
        }
        return found;
    }

    private static Map<String, Object> value(Vital vital, Newest newest) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("grade", newest.point().grade().name());
        fields.put("context", newest.point().context().name());
        if (CelTypes.isCode(vital)) {
            fields.put("value", Conformance.codeText(newest.point().value()));
        } else {
            fields.put("value", decimal(newest.canonicalMilli()));
            fields.put("sent", decimal(newest.point().value().milli()));
            fields.put("unit", newest.point().value().unit().ucum());
        }
        return fields;
    }

    private Map<String, Object> ages() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            view.newest(vital).ifPresent(newest -> found.put(vital.id(), Duration.ofMillis(view.ageMillis(newest))));
        }
        return found;
    }

    private Map<String, Object> baselines() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            Map<String, Object> contexts = new HashMap<>();
            for (Context context : Context.values()) {
                view.baseline(vital, context).ifPresent(usual -> contexts.put(CelTypes.name(context), Map.of(
                        "median", decimal(usual.medianMilli()), "mad", decimal(usual.madMilli()), "days", (long) usual.days())));
            }
            found.put(vital.id(), contexts);
        }
        return found;
    }

    private Map<String, Object> trends() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            view.trend(vital).ifPresent(course -> found.put(vital.id(), Map.of("level", course.level(), "level_sigma", course.levelSigma(),
                    "slope", course.slope(), "slope_sigma", course.slopeSigma())));
        }
        return found;
    }

    private Map<String, Object> forecasts() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            view.forecast(vital).ifPresent(forecast -> {
                Map<String, Object> points = new HashMap<>();
                for (Forecast.Point point : forecast.points()) {
                    points.put("in" + (point.millis() - forecast.originMillis()) / 60_000,
                            Map.of("value", point.value(), "low", point.low(), "high", point.high()));
                }
                found.put(vital.id(), points);
            });
        }
        return found;
    }

    private Map<String, Object> qualities() {
        Map<String, Object> found = new HashMap<>();
        for (Vital vital : vitals) {
            view.latest(vital).ifPresent(newest -> found.put(vital.id(), judgement(newest)));
        }
        return found;
    }

    private static Map<String, Object> judgement(Newest newest) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("verdict", newest.point().verdict().name());
        fields.put("reasons", Reason.of(newest.point().reasons()).stream().map(Reason::name).toList());
        if (newest.point().sigmaMilli() >= 0) {
            fields.put("sigma", decimal(newest.point().sigmaMilli()));
        }
        return fields;
    }

    /** The binary fraction that is written like this decimal, and so equals the same number in an expression. */
    private static double decimal(long milli) {
        return milli / 1000.0;
    }
}

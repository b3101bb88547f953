package io.vitaltwin.twin.adapter;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types of what a custom condition may say, so that a wrong name is found when the rule set is read and not at night. */
final class CelTypes implements CelTypeProvider {

    static final String LATEST = "latest";
    static final String AGE = "age";
    static final String BASELINE = "baseline";
    static final String TREND = "trend";
    static final String FORECAST = "forecast";
    static final String QUALITY = "quality";
    static final String CONTEXT = "context";

    private static final Vital[] NUMERIC = Arrays.stream(Vital.values()).filter(vital -> !isCode(vital)).toArray(Vital[]::new);

    private static final StructType NUMBER = struct("Number", Map.of("value", SimpleType.DOUBLE, "sent", SimpleType.DOUBLE,
            "unit", SimpleType.STRING, "grade", SimpleType.STRING, "context", SimpleType.STRING));
    private static final StructType CODE = struct("Code", Map.of("value", SimpleType.STRING, "grade", SimpleType.STRING,
            "context", SimpleType.STRING));
    private static final StructType USUAL = struct("Usual", Map.of("median", SimpleType.DOUBLE, "mad", SimpleType.DOUBLE, "days", SimpleType.INT));
    private static final StructType CONTEXTS = struct("Contexts", byName(Context.values(), CelTypes::name, context -> USUAL));
    private static final StructType COURSE = struct("Course", Map.of("level", SimpleType.DOUBLE, "level_sigma", SimpleType.DOUBLE,
            "slope", SimpleType.DOUBLE, "slope_sigma", SimpleType.DOUBLE));
    private static final StructType EXPECTED = struct("Expected", Map.of("value", SimpleType.DOUBLE, "low", SimpleType.DOUBLE,
            "high", SimpleType.DOUBLE));
    private static final StructType AHEAD = struct("Ahead", Map.of("in30", EXPECTED, "in60", EXPECTED));
    private static final StructType JUDGEMENT = struct("Judgement", Map.of("verdict", SimpleType.STRING,
            "reasons", ListType.create(SimpleType.STRING), "sigma", SimpleType.DOUBLE));

    private static final Map<String, CelType> VARIABLES = variables();
    private static final ImmutableList<CelType> TYPES = ImmutableList.<CelType>builder().add(NUMBER, CODE, USUAL, CONTEXTS, COURSE, EXPECTED, AHEAD, JUDGEMENT)
            .addAll(VARIABLES.values().stream().filter(StructType.class::isInstance).toList()).build();

    private static Map<String, CelType> variables() {
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put(LATEST, ofVitals("Latest", vital -> isCode(vital) ? CODE : NUMBER));
        variables.put(AGE, ofVitals("Age", vital -> SimpleType.DURATION));
        variables.put(BASELINE, ofVitals("Baseline", vital -> CONTEXTS));
        variables.put(TREND, struct("Trend", byName(NUMERIC, Vital::id, vital -> COURSE)));
        variables.put(FORECAST, struct("Forecast", Map.of(Vital.GLUCOSE_INTERSTITIAL.id(), AHEAD)));
        variables.put(QUALITY, ofVitals("Quality", vital -> JUDGEMENT));
        variables.put(CONTEXT, SimpleType.STRING);
        return variables;
    }

    /** Every variable with its type. */
    static Map<String, CelType> all() {
        return VARIABLES;
    }

    /** Whether fields of this variable are vitals. */
    static boolean isByVital(String variable) {
        return VARIABLES.get(variable) instanceof StructType;
    }

    static boolean isCode(Vital vital) {
        return vital.unit() == Unit.CODE;
    }

    /** How a context is written in an expression where it is a field: {@code baseline.heart_rate.sleep}. */
    static String name(Context context) {
        return context.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return TYPES;
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return TYPES.stream().filter(type -> type.name().equals(typeName)).findFirst();
    }

    private static StructType ofVitals(String name, Function<Vital, CelType> type) {
        return struct(name, byName(Vital.values(), Vital::id, type));
    }

    private static <T> Map<String, CelType> byName(T[] values, Function<T, String> name, Function<T, CelType> type) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> fields.put(name.apply(value), type.apply(value)));
        return fields;
    }

    private static StructType struct(String name, Map<String, CelType> fields) {
        return StructType.create("vitaltwin." + name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
    }
}

package io.vitaltwin.twin.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** UCUM units that may be sent. The order is stored in state: append only. */
public enum Unit {
    PER_MINUTE("/min"),
    PERCENT("%"),
    MM_HG("mm[Hg]"),
    KILOPASCAL("kPa"),
    CELSIUS("Cel"),
    FAHRENHEIT("[degF]"),
    MG_PER_DL("mg/dL"),
    MMOL_PER_L("mmol/L"),
    KILOGRAM("kg"),
    GRAM("g"),
    POUND("[lb_av]"),
    MILLISECOND("ms"),
    SECOND("s"),
    STEPS("{steps}"),
    STEPS_PER_MINUTE("{steps}/min"),
    HOUR("h"),
    MINUTE("min"),
    LITRE_PER_MINUTE("L/min"),
    CODE("code");

    private static final Map<String, Unit> BY_UCUM = new HashMap<>();
    private static final Unit[] VALUES = values();

    static {
        for (Unit unit : VALUES) {
            BY_UCUM.put(unit.ucum, unit);
        }
    }

    private final String ucum;

    Unit(String ucum) {
        this.ucum = ucum;
    }

    public String ucum() {
        return ucum;
    }

    /** Empty when the text is not a unit that any vital may come in. */
    public static Optional<Unit> of(String ucum) {
        return Optional.ofNullable(BY_UCUM.get(ucum));
    }

    public static Unit ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}

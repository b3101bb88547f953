package io.vitaltwin.ingest;

import java.util.Set;

/**
 * UCUM units that a reading may come in. A front door refuses any other text: nobody further in could convert it. Whether a vital comes in
 * the unit is judged by the topology, not here.
 *
 * @see "UCUM, The Unified Code for Units of Measure"
 */
public final class UcumUnits {

    /** Unit of coded values such as levels of consciousness; not UCUM. */
    public static final String CODE = "code";

    /** What to do about a unit that is not known. */
    public static final String ADVICE = "use UCUM, such as /min, %, mm[Hg], Cel, mg/dL, kg";

    private static final Set<String> KNOWN = Set.of("/min", "%", "mm[Hg]", "kPa", "Cel", "[degF]", "mg/dL", "mmol/L", "kg", "g",
            "[lb_av]", "ms", "s", "{steps}", "{steps}/min", "h", "min", "L/min", CODE);

    private UcumUnits() {
    }

    public static boolean isKnown(String unit) {
        return KNOWN.contains(unit);
    }

    public static Set<String> known() {
        return KNOWN;
    }
}

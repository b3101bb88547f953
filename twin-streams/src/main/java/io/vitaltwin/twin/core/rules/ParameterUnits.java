package io.vitaltwin.twin.core.rules;

/** In which unit a parameter of a rule is: for people who read a rule set. */
public final class ParameterUnits {

    private ParameterUnits() {
    }

    /** UCUM where there is one, else a word; never empty. @param parameter one that the rule knows */
    public static String of(RuleId rule, String parameter) {
        if (parameter.endsWith("Seconds")) {
            return "s";
        }
        if (parameter.endsWith("Molar")) {
            return "mmol/L";
        }
        return switch (parameter) {
            case "readings", "consumerReadings", "offReadings" -> "readings";
            case "days", "recentDays", "baselineDays", "validDays" -> "d";
            case "nights", "greenNights", "baselineNights" -> "nights";
            case "fromHour", "untilHour" -> "hour of the day";
            case "wearHours" -> "h";
            case "intervals" -> "expected intervals";
            case "windows" -> "windows";
            case "share", "coverage", "entropy" -> "1";
            case "news2" -> "points";
            case "pulse", "breaths" -> "/min";
            case "pressure", "systolic", "diastolic", "highSystolic", "highDiastolic" -> "mm[Hg]";
            case "saturation", "offSaturation" -> "%";
            case "slope" -> "mg/dL/min";
            default -> ofFamily(rule.family());
        };
    }

    private static String ofFamily(Family family) {
        return switch (family) {
            case SPO2, COPD_OVER_OXYGENATION -> "%";
            case HR, RESP, NIGHT_RHR -> "/min";
            case BP_SEVERE, BP_LOW, BP_HOME_AVG -> "mm[Hg]";
            case HF_WEIGHT -> "kg";
            case CGM_LOW, CGM_HIGH -> "mg/dL";
            case FEVER -> "Cel";
            case NEWS2 -> "points";
            case QSOFA -> "signs";
            case AF_SUSPECT, ACTIVITY_DROP, SYMPTOM_REPORT, SILENCE, DATA_QUALITY, CONSENT, REPEAT, CUSTOM, CUSTOM_FAULT -> "1";
        };
    }
}

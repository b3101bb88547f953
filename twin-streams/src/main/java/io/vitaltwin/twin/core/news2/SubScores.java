package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;

/**
 * Points by parameter. A value is rounded half up to the resolution of the chart (whole numbers; temperature one decimal) before it is
 * scored, once, from the unit in which it was sent. A bound (at most, at least) is scored as its limit.
 *
 * @see "Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017, chart 1"
 * @see "CLINICAL.md section 2.1"
 */
public final class SubScores {

    private SubScores() {
    }

    /** @return 0 to 3 points */
    public static int respiratoryRate(Value value) {
        long perMinute = whole(milliIn(Unit.PER_MINUTE, value));
        if (perMinute <= 8 || perMinute >= 25) {
            return 3;
        }
        if (perMinute >= 21) {
            return 2;
        }
        return perMinute <= 11 ? 1 : 0;
    }

    /**
     * @param onOxygen only scale 2 asks for it, and only from 93 % on
     * @return 0 to 3 points
     */
    public static int spo2(Value value, Spo2Scale scale, boolean onOxygen) {
        long percent = whole(milliIn(Unit.PERCENT, value));
        return scale == Spo2Scale.ONE ? spo2Scale1(percent) : spo2Scale2(percent, onOxygen);
    }

    private static int spo2Scale1(long percent) {
        if (percent <= 91) {
            return 3;
        }
        if (percent <= 93) {
            return 2;
        }
        return percent <= 95 ? 1 : 0;
    }

    private static int spo2Scale2(long percent, boolean onOxygen) {
        if (percent <= 83) {
            return 3;
        }
        if (percent <= 85) {
            return 2;
        }
        if (percent <= 87) {
            return 1;
        }
        if (percent <= 92 || !onOxygen) {
            return 0;
        }
        if (percent <= 94) {
            return 1;
        }
        return percent <= 96 ? 2 : 3;
    }

    /** Any flow is oxygen. */
    public static boolean isOxygen(Value flow) {
        return milliIn(Unit.LITRE_PER_MINUTE, flow) > 0;
    }

    /** @return 2 points on oxygen, 0 on air */
    public static int oxygen(boolean onOxygen) {
        return onOxygen ? 2 : 0;
    }

    /** @return 0 to 3 points */
    public static int bpSystolic(Value value) {
        long mmHg = value.unit() == Unit.KILOPASCAL ? mmHgOfKilopascal(value.milli()) : whole(milliIn(Unit.MM_HG, value));
        if (mmHg <= 90 || mmHg >= 220) {
            return 3;
        }
        if (mmHg <= 100) {
            return 2;
        }
        return mmHg <= 110 ? 1 : 0;
    }

    /** @return 0 to 3 points */
    public static int heartRate(Value value) {
        long perMinute = whole(milliIn(Unit.PER_MINUTE, value));
        if (perMinute <= 40 || perMinute >= 131) {
            return 3;
        }
        if (perMinute >= 111) {
            return 2;
        }
        return perMinute <= 50 || perMinute >= 91 ? 1 : 0;
    }

    /**
     * @return 0 points for A (alert), 3 for C (new confusion), V, P, U
     * @throws IllegalArgumentException if it is none of these letters
     */
    public static int consciousness(Value value) {
        long letter = milliIn(Unit.CODE, value);
        if (letter == 'A') {
            return 0;
        }
        if (letter == 'C' || letter == 'V' || letter == 'P' || letter == 'U') {
            return 3;
        }
        throw new IllegalArgumentException("consciousness must be one of A C V P U");
    }

    /** @return 0 to 3 points */
    public static int bodyTemperature(Value value) {
        long tenths = value.unit() == Unit.FAHRENHEIT
                ? halfUp(5 * (value.milli() - 32_000), 900)
                : halfUp(milliIn(Unit.CELSIUS, value), 100);
        if (tenths <= 350) {
            return 3;
        }
        if (tenths >= 391) {
            return 2;
        }
        return tenths <= 360 || tenths >= 381 ? 1 : 0;
    }

    /** 1 mm[Hg] = 0.133322387415 kPa. */
    private static long mmHgOfKilopascal(long milli) {
        return halfUp(Math.multiplyExact(milli, 1_000_000_000L), 133_322_387_415L);
    }

    private static long whole(long milli) {
        return halfUp(milli, 1000);
    }

    private static long halfUp(long number, long step) {
        return Math.floorDiv(2 * number + step, 2 * step);
    }

    private static long milliIn(Unit unit, Value value) {
        if (value.unit() != unit) {
            throw new IllegalArgumentException("NEWS2 cannot score " + value.unit().ucum() + " where it expects " + unit.ucum());
        }
        return value.milli();
    }
}

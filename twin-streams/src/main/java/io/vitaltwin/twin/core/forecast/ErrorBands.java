package io.vitaltwin.twin.core.forecast;

import java.nio.ByteBuffer;

/**
 * How far outcomes lie from forecasts: for each horizon and for low, middle and high glucose, the distance below and above that 1 in 20
 * outcomes exceeds. Each distance is a running quantile in whole steps: one that is exceeded grows by 19 steps, one that is not shrinks by 1.
 */
final class ErrorBands {

    /** Level 1 of low and high glucose, mg/dL: CLINICAL.md section 3.4. */
    static final int LOW_BELOW = 70;
    static final int HIGH_ABOVE = 180;

    /** mg/dL. Project default: a distance of 30 mg/dL is then found to some 10 %. */
    private static final double STEP = 0.05;
    private static final int GROW = 19;
    private static final int SHRINK = 1;
    private static final int NARROWEST = 20;
    private static final int WIDEST = 4095;

    /**
     * Where a new patient begins, mg/dL: band by band, for 30 and 60 minutes, below and above. Project default: about what adults with type 1
     * diabetes on Dexcom G6 showed (RATIONALE.md, Forecasts); below 70 on the wide side, because rebounds are rare and
     * large.
     */
    private static final int[] START = {26, 55, 40, 82, 30, 35, 45, 60, 38, 38, 62, 65};
    private static final int SIDES = 2;
    private static final int HORIZONS = 2;
    /** Two codes of 12 bits in three bytes. */
    static final int BYTES = START.length * 3 / 2;

    private final int[] codes = new int[START.length];

    ErrorBands() {
        for (int i = 0; i < START.length; i++) {
            codes[i] = (int) Math.rint(START[i] / STEP);
        }
    }

    private static int place(int level, int horizon) {
        int band = level < LOW_BELOW ? 0 : level <= HIGH_ABOVE ? 1 : 2;
        return (band * HORIZONS + horizon) * SIDES;
    }

    /** mg/dL below the forecast that 19 of 20 outcomes do not reach. @param level when the forecast was made, mg/dL */
    double below(int level, int horizon) {
        return codes[place(level, horizon)] * STEP;
    }

    double above(int level, int horizon) {
        return codes[place(level, horizon) + 1] * STEP;
    }

    /** Takes an outcome. @param error outcome less forecast, mg/dL */
    void learn(int level, int horizon, double error) {
        int place = place(level, horizon);
        move(place, -error);
        move(place + 1, error);
    }

    private void move(int place, double distance) {
        int moved = codes[place] + (distance > codes[place] * STEP ? GROW : -SHRINK);
        codes[place] = Math.max(NARROWEST, Math.min(WIDEST, moved));
    }

    void encode(ByteBuffer out) {
        for (int i = 0; i < codes.length; i += 2) {
            int both = codes[i] << 12 | codes[i + 1];
            out.put((byte) (both >> 16));
            out.putShort((short) both);
        }
    }

    static ErrorBands decode(ByteBuffer in) {
        ErrorBands bands = new ErrorBands();
        for (int i = 0; i < bands.codes.length; i += 2) {
            int both = (in.get() & 0xFF) << 16 | in.getShort() & 0xFFFF;
            bands.codes[i] = both >> 12;
            bands.codes[i + 1] = both & 0xFFF;
        }
        return bands;
    }
}

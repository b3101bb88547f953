package io.vitaltwin.twin.core.rules;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The least-squares slope of the last four readings, as an exact fraction: num / den in thousandths per millisecond.
 *
 * @see "CLINICAL.md section 3.0, CGM_URGENT_LOW_SOON"
 */
record Trend(BigInteger num, BigInteger den) {

    static final int READINGS = 4;
    private static final BigInteger MINUTE = BigInteger.valueOf(60_000);

    /** One reading of the stream. @param canonicalMilli thousandths of mg/dL */
    public record Reading(long effectiveMillis, long canonicalMilli) {
    }

    /**
     * @param recent oldest first
     * @return empty when there are fewer than four, a gap between two is too long, or all have one time
     */
    static Optional<Trend> ofLastFour(List<Reading> recent, long longestGapMillis) {
        int from = recent.size() - READINGS;
        if (from < 0) {
            return Optional.empty();
        }
        long t0 = recent.get(from).effectiveMillis();
        long sumT = 0;
        long sumG = 0;
        BigInteger sumTg = BigInteger.ZERO;
        BigInteger sumTt = BigInteger.ZERO;
        for (int i = from; i < recent.size(); i++) {
            Reading reading = recent.get(i);
            if (i > from && reading.effectiveMillis() - recent.get(i - 1).effectiveMillis() > longestGapMillis) {
                return Optional.empty();
            }
            long t = reading.effectiveMillis() - t0;
            sumT += t;
            sumG += reading.canonicalMilli();
            sumTg = sumTg.add(BigInteger.valueOf(t).multiply(BigInteger.valueOf(reading.canonicalMilli())));
            sumTt = sumTt.add(BigInteger.valueOf(t).pow(2));
        }
        BigInteger n = BigInteger.valueOf(READINGS);
        BigInteger num = n.multiply(sumTg).subtract(BigInteger.valueOf(sumT).multiply(BigInteger.valueOf(sumG)));
        BigInteger den = n.multiply(sumTt).subtract(BigInteger.valueOf(sumT).pow(2));
        return den.signum() > 0 ? Optional.of(new Trend(num, den)) : Optional.empty();
    }

    /** Whether the slope is at most this, in thousandths per minute. */
    boolean isAtMost(long milliPerMinute) {
        return num.multiply(MINUTE).compareTo(den.multiply(BigInteger.valueOf(milliPerMinute))) <= 0;
    }

    /** Whether the value, going on like this, is at or below the limit at the horizon. */
    boolean reachesAtMost(long nowMilli, long horizonMillis, long limitMilli) {
        BigInteger predicted = BigInteger.valueOf(nowMilli).multiply(den).add(num.multiply(BigInteger.valueOf(horizonMillis)));
        return predicted.compareTo(BigInteger.valueOf(limitMilli).multiply(den)) <= 0;
    }
}

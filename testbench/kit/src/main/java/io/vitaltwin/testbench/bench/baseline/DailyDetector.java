package io.vitaltwin.testbench.bench.baseline;

import io.vitaltwin.twin.core.rules.NightSignal;

import java.util.function.Supplier;

/** Looks at one value a day and says of each whether it is flagged. One object sees one person, oldest day first. */
interface DailyDetector {

    /** @param epochDay later than all before */
    boolean isFlagged(long epochDay, int pulse);

    /** The methods of the report. */
    enum Method {
        NIGHT_SIGNAL_YELLOW("NightSignal, yellow or red (CR 7.2, the core's)", () -> nightSignal(NightSignal.Level.YELLOW)),
        NIGHT_SIGNAL_RED("NightSignal, red (CR 7.2, the core's)", () -> nightSignal(NightSignal.Level.RED)),
        CUSUM("CUSUM, k 0.5, h 4 (CR 7.2)", Cusum::new);

        private final String words;
        private final Supplier<DailyDetector> fresh;

        Method(String words, Supplier<DailyDetector> fresh) {
            this.words = words;
            this.fresh = fresh;
        }

        String words() {
            return words;
        }

        DailyDetector fresh() {
            return fresh.get();
        }
    }

    private static DailyDetector nightSignal(NightSignal.Level least) {
        NightSignal signal = new NightSignal();
        return (epochDay, pulse) -> signal.night(epochDay, pulse).compareTo(least) >= 0;
    }
}

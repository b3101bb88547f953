package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

/** Values as the core knows them. */
final class Values {

    /** Where the set says that oxygen is given and not how much. The score asks only whether. */
    private static final long SOME_OXYGEN_MILLI = 1_000;

    private Values() {
    }

    static Value of(Vital vital, long milli) {
        return Value.measured(milli, vital.unit());
    }

    static Value fahrenheit(long milli) {
        return Value.measured(milli, Unit.FAHRENHEIT);
    }

    static Value oxygen(boolean given) {
        return Value.measured(given ? SOME_OXYGEN_MILLI : 0, Unit.LITRE_PER_MINUTE);
    }

    /** @param letter of ACVPU */
    static Value consciousness(char letter) {
        return new Value(Value.Kind.CODE, letter, Unit.CODE);
    }
}

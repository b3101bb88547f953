package io.vitaltwin.twin.adapter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.BinaryOperator;

/**
 * Arithmetic of custom conditions in decimals: a weight of 82.0 kg is not more than 2.0 above one of 80.0, and 36.3 is 0.2 above 36.1. Stands
 * in for the language's own operators, which compute in binary fractions.
 *
 * @see "CLINICAL.md section 0"
 */
final class CelDecimals {

    private static final ImmutableSet<String> REPLACED = ImmutableSet.of("ADD_DOUBLE", "SUBTRACT_DOUBLE", "MULTIPLY_DOUBLE", "DIVIDE_DOUBLE");

    private CelDecimals() {
    }

    /** The result has too many digits before the point. */
    static final class TooLarge extends ArithmeticException {
        private static final long serialVersionUID = 1L;
    }

    /** All functions of the language but the four that are replaced. */
    static CelStandardFunctions others() {
        return CelStandardFunctions.newBuilder().filterFunctions((function, overload) -> !REPLACED.contains(overload.toString())).build();
    }

    static ImmutableList<CelFunctionBinding> bindings() {
        return ImmutableList.of(
                binding("add_double", BigDecimal::add),
                binding("subtract_double", BigDecimal::subtract),
                binding("multiply_double", BigDecimal::multiply),
                binding("divide_double", (a, b) -> a.divide(b, MathContext.DECIMAL64)));
    }

    private static CelFunctionBinding binding(String overload, BinaryOperator<BigDecimal> operator) {
        return CelFunctionBinding.from(overload, Double.class, Double.class, (a, b) -> {
            double result = operator.apply(BigDecimal.valueOf(a), BigDecimal.valueOf(b)).doubleValue();
            if (Double.isInfinite(result)) {
                throw new TooLarge();
            }
            return result;
        });
    }
}

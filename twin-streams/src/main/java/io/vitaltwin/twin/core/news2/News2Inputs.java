package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The newest usable value of each parameter, as far as there is one. What is doubted as FLATLINE is not usable: leave it out. Mutable: fill
 * it, score it, drop it.
 */
public final class News2Inputs {

    /**
     * @param value in any unit of its vital
     * @param ttlMillis how long it counts as current: see {@link Freshness#ttlMillis}
     */
    public record Input(Value value, long effectiveMillis, Verdict verdict, Grade grade, long ttlMillis) {
    }

    private final @Nullable Input[] inputs = new Input[Parameter.values().length];

    /** A value that is REJECT counts as missing. */
    public News2Inputs put(Parameter parameter, Input input) {
        inputs[parameter.ordinal()] = input;
        return this;
    }

    /** What was put, fresh or not. */
    public Optional<Input> get(Parameter parameter) {
        return Optional.ofNullable(inputs[parameter.ordinal()]);
    }

    /**
     * Null when there is none that may be used at this time. A value from after it counts as fresh.
     *
     * @param worst the worst verdict that is still used
     */
    @Nullable Input usable(Parameter parameter, Band published, long atMillis, Verdict worst) {
        Input input = inputs[parameter.ordinal()];
        if (input == null || input.verdict.compareTo(worst) > 0) {
            return null;
        }
        long limit = Math.min(input.ttlMillis, Freshness.maxAgeMillis(parameter, published));
        return atMillis - input.effectiveMillis <= limit ? input : null;
    }
}

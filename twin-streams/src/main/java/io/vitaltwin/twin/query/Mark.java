package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.Verdict;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What was said of a reading's quality.
 *
 * @param sigma measurement uncertainty, 1 sigma, in the vital's canonical unit; null: not told
 * @param ruleVersion version of the checks
 */
public record Mark(Verdict verdict, List<String> reasons, @Nullable Double sigma, String ruleVersion) {

    public Mark {
        reasons = List.copyOf(reasons);
    }
}

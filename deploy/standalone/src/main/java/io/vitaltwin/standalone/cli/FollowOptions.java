package io.vitaltwin.standalone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;

/** Mixin of every command that reads a topic as it grows: from where, and when to end. */
final class FollowOptions {

    @Option(names = "--from-beginning", description = "Also what was there before.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "End after this many records.")
    private @Nullable Long max;

    @Option(names = "--timeout", paramLabel = "SPAN", description = "End after this long without a new record, such as 10s.")
    private @Nullable Duration timeout;

    /** @throws CliException naming what is wrong */
    void check() {
        if (max != null && max < 1) {
            throw CliException.wrongCall("--max must be at least 1, found " + max);
        }
    }

    boolean fromBeginning() {
        return fromBeginning;
    }

    /** Records that may still be handed on. */
    int left(long done) {
        return max == null ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, Math.max(0, max - done));
    }

    boolean isTooLong(long silentNanos) {
        return timeout != null && silentNanos > timeout.toNanos();
    }
}

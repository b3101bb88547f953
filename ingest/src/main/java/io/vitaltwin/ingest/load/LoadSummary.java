package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.Refusal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a file. Every data line was either sent or refused: {@code read = sent + refused}.
 *
 * @param file name without its folder
 * @param read data lines: neither the header nor blank lines
 * @param sent lines whose readings all went out and were acknowledged
 * @param refused lines that went to the dead letters
 * @param readings sent; a line may hold several
 * @param batches sent
 * @param remarks readings that were sent although they look odd, by what is odd about them
 */
public record LoadSummary(
        String file,
        String format,
        long read,
        long sent,
        long refused,
        Map<Refusal.Reason, Long> refusedByReason,
        long readings,
        long batches,
        Map<Remark.Kind, Long> remarks) {

    public LoadSummary {
        refusedByReason = Collections.unmodifiableMap(new TreeMap<>(refusedByReason));
        remarks = Collections.unmodifiableMap(new TreeMap<>(remarks));
        if (read != sent + refused) {
            throw new IllegalStateException(read + " lines read, but " + sent + " sent and " + refused + " refused");
        }
    }
}

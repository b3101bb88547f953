package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.load.LoadListener;
import io.vitaltwin.ingest.load.Remark;
import io.vitaltwin.standalone.cli.ClusterOptions;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says on standard error what a load meets; on a terminal also how far it is. */
final class LoadProgress implements LoadListener, AutoCloseable {

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long KILO = 1024;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;

    private LoadProgress(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    static LoadProgress of(ClusterOptions cluster, Path file) throws IOException {
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM")) && !cluster.json();
        return new LoadProgress(cluster.err(), terminal ? bar(file) : null);
    }

    @Override
    public void refused(Refusal refusal) {
        println(refusal);
    }

    @Override
    public void remarked(Remark remark) {
        println(remark);
    }

    @Override
    public void progressed(long bytes) {
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private void println(Object line) {
        err.println(bar == null ? line : CLEAR_LINE + line);
    }

    private static ProgressBar bar(Path file) throws IOException {
        return new ProgressBarBuilder()
                .setTaskName("load")
                .setInitialMax(Files.size(file))
                .setUnit(" KiB", KILO)
                .clearDisplayOnFinish()
                .build();
    }
}

package io.vitaltwin.standalone.cli;

import io.vitaltwin.standalone.replay.ReplayProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;

/** Says on standard error what a replay meets; on a terminal also how far it is, how fast, and how long it still takes. */
final class ReplayBar implements ReplayProgress, AutoCloseable {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final String name;
    private @Nullable ProgressBar bar;

    private ReplayBar(PrintWriter err, boolean terminal, String name) {
        this.err = err;
        this.terminal = terminal;
        this.name = name;
    }

    static ReplayBar of(ClusterOptions cluster, String name) {
        return new ReplayBar(cluster.err(), System.console() != null && !"dumb".equals(System.getenv("TERM")) && !cluster.json(), name);
    }

    @Override
    public void said(String what) {
        err.println((bar == null ? "" : CLEAR_LINE) + "vitaltwin: " + what);
    }

    @Override
    public void moved(long done, long all) {
        if (!terminal) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(all).setUnit(" records", 1).showSpeed().startsFrom(done, java.time.Duration.ZERO)
                    .clearDisplayOnFinish().build();
        }
        bar.stepTo(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.cli.CommandProvider;

/** Adds {@code bench} to the command line. */
public final class BenchCommandProvider implements CommandProvider {

    @Override
    public Object command() {
        return new BenchCommand();
    }
}

package io.vitaltwin.testbench.demo;

import io.vitaltwin.standalone.cli.CommandProvider;

/** Adds {@code demo} to the command line. */
public final class DemoCommandProvider implements CommandProvider {

    @Override
    public Object command() {
        return new DemoCommand();
    }
}

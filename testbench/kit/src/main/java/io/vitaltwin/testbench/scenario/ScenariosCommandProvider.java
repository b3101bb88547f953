package io.vitaltwin.testbench.scenario;

import io.vitaltwin.standalone.cli.CommandProvider;

/** Adds {@code scenarios} to the command line. */
public final class ScenariosCommandProvider implements CommandProvider {

    @Override
    public Object command() {
        return new ScenariosCommand();
    }
}

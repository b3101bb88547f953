package io.vitaltwin.testbench.verify;

import io.vitaltwin.standalone.cli.CommandProvider;

/** Adds {@code verify} to the command line. */
public final class VerifyCommandProvider implements CommandProvider {

    @Override
    public Object command() {
        return new VerifyCommand();
    }
}

package io.vitaltwin.standalone.cli;

/**
 * A command that another module adds to the command line, found by {@link java.util.ServiceLoader}. A provider is made each
 * time the program starts, whatever the user asks for: it must cost nothing until its command runs.
 */
public interface CommandProvider {

    /** An object whose class is annotated as a picocli command with a name of its own. */
    Object command();
}

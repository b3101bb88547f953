package io.vitaltwin.standalone.cli;

import io.vitaltwin.twin.core.disclosure.Viewer;
import picocli.CommandLine.Option;

/** Mixin of every command that shows something about patients: who looks, and for what. */
final class ViewerOptions {

    @Option(names = "--purpose", paramLabel = "CODE", defaultValue = "TREAT",
            description = "For what: v3 ActReason code, such as TREAT or HRESCH. What no consent covers is not shown. Default: ${DEFAULT-VALUE}.")
    private String purpose = "TREAT";

    @Option(names = "--actor", paramLabel = "WHO", defaultValue = "${env:VITALTWIN_ACTOR:-${sys:user.name}}",
            description = "Who looks; written to the patient's disclosure log. Default: ${DEFAULT-VALUE}, the user of this machine.")
    private String actor = "";

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "", description = "Role in which, such as nurse.")
    private String role = "";

    /** @throws CliException naming the option that cannot be used */
    Viewer viewer() {
        return Gates.viewer(purpose, actor, role);
    }
}

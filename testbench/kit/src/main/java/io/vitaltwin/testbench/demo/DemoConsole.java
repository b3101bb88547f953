package io.vitaltwin.testbench.demo;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.web.ServerSettings;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.standalone.cli.ConsolePart;
import io.vitaltwin.twin.TwinConfig;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The console of a demo. Its one nurse sees all patients, because they have no team but that of everybody. */
final class DemoConsole implements AutoCloseable {

    /** Team of all patients of the demo. */
    static final String TEAM = "demo";
    private static final Visitor NURSE = new Visitor("demo-nurse", Role.NURSE, Set.of(TEAM), "");

    private final ConsolePart part;
    private final Optional<String> code;

    private DemoConsole(ConsolePart part, boolean signIn) {
        this.part = part;
        this.code = signIn ? Optional.of(part.oneTimeCode(NURSE)) : Optional.empty();
    }

    /** @param signIn whether somebody is to be signed in by a code */
    static DemoConsole start(EmbeddedStack stack, Path folder, DemoSettings settings, Optional<PrivacySettings> keys, boolean signIn) {
        var cluster = ClusterOptions.at(stack.bootstrapServers(), stack.topics().prefix(), keys);
        var server = ServerSettings.local(settings.consolePort(), folder.resolve("console-accounts.yaml"));
        List<String> groups = List.of(TwinConfig.DEFAULT_APPLICATION_ID, AlertsConfig.DEFAULT_APPLICATION_ID);
        return new DemoConsole(ConsolePart.start(cluster, server, groups), signIn);
    }

    URI uri() {
        return part.uri();
    }

    /** A link that works once. The code stands behind the {@code #}, so no server and no proxy writes it down. */
    Optional<String> signIn() {
        return code.map(once -> uri() + "#code=" + once);
    }

    @Override
    public void close() {
        part.close();
    }
}

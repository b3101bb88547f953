package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.testbench.sim.SimPatient;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the demo tells people around its table. */
final class DemoText {

    private DemoText() {
    }

    static void ready(PrintWriter err, EmbeddedStack stack, List<SimPatient> patients, DemoSettings settings,
            Optional<PrivacySettings> keys, Optional<DemoConsole> console, double readySeconds) {
        String broker = stack.bootstrapServers();
        String sealed = keys.map(vault -> " --encryption on --keys " + vault.keys()).orElse("");
        err.printf(Locale.ROOT, "ready after %.1f s: %d patients, story time runs %s times as fast as real time (seed %d)%n", readySeconds,
                patients.size(), settings.speed(), settings.seed());
        err.println("An information system about alarms: not a medical device and not a primary alarm.");
        err.println();
        err.println("  broker    " + broker);
        stack.registryUri().ifPresent(uri -> err.println("  registry  " + uri));
        console.ifPresent(it -> {
            err.println("  console   " + it.uri());
            it.signIn().ifPresent(link -> err.println("  sign in   " + link + " (once, as a nurse)"));
        });
        err.println();
        err.println("Look on from another terminal:");
        err.println("  ./vitaltwin tail alerts --bootstrap-server " + broker + " --from-beginning" + sealed);
        err.println("  ./vitaltwin tail violations --bootstrap-server " + broker + " --from-beginning --output json" + sealed);
        err.println("  ./vitaltwin twin show " + patients.getFirst().id() + " --bootstrap-server " + broker + sealed);
        err.println();
        err.flush();
    }
}

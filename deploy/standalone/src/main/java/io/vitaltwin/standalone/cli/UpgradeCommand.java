package io.vitaltwin.standalone.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.alerts.topology.LiveFrom;
import io.vitaltwin.alerts.topology.WorkflowForms;
import io.vitaltwin.alerts.topology.WorkflowTopology;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.SchemaRegistration;
import io.vitaltwin.schemas.privacy.SealedConsumer;
import io.vitaltwin.schemas.privacy.Sealing;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.standalone.upgrade.Finding;
import io.vitaltwin.standalone.upgrade.Finding.Level;
import io.vitaltwin.standalone.upgrade.UpgradeCheck;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinForms;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Whether this version can take over from the one that runs. */
@Command(name = "upgrade", mixinStandardHelpOptions = true, description = "What a rolling upgrade to this version would do.",
        subcommands = UpgradeCommand.Check.class)
final class UpgradeCommand {

    @Command(name = "check", mixinStandardHelpOptions = true, description = {
            "Compares topology, stored state and schemas of this version with those of the running applications, and says what a rolling upgrade would do.",
            "Reads everything that is stored, and changes nothing. Exit 1 when something would break."})
    static final class Check implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Option(names = "--application-id", paramLabel = "ID", defaultValue = TwinConfig.DEFAULT_APPLICATION_ID,
                description = "Of the running twin. Default: ${DEFAULT-VALUE}.")
        private String twinId = TwinConfig.DEFAULT_APPLICATION_ID;

        @Option(names = "--alerts-application-id", paramLabel = "ID", defaultValue = AlertsConfig.DEFAULT_APPLICATION_ID,
                description = "Of the running workflow of alerts. Default: ${DEFAULT-VALUE}.")
        private String alertsId = AlertsConfig.DEFAULT_APPLICATION_ID;

        @Override
        public Integer call() {
            List<Finding> findings = new ArrayList<>();
            try (Admin admin = cluster.admin()) {
                UpgradeCheck check = new UpgradeCheck(admin, () -> consumer(SealedConsumer.Reading.CHANGELOG), () -> consumer(SealedConsumer.Reading.TOPIC),
                        cluster.schemaIds());
                findings.addAll(check.application(twin()));
                findings.addAll(check.application(alerts()));
                findings.addAll(check.topics(new TopicAdmin(admin, cluster.topics(), TopicAdmin.Clock.BROKER)));
            }
            findings.addAll(schemas());
            findings.forEach(this::print);
            boolean breaks = findings.stream().anyMatch(finding -> finding.level() == Level.BREAKS);
            tell(breaks);
            return breaks ? ExitCodes.FAILED : ExitCodes.DONE;
        }

        private UpgradeCheck.Candidate twin() {
            TwinConfig config = TwinConfig.of(cluster.bootstrapServer(), cluster.topics(), Path.of("unused")).withApplicationId(twinId);
            return new UpgradeCheck.Candidate(twinId, new TwinTopology(config, cluster.schemaIds()).build(),
                    TwinForms.all(cluster.topics(), cluster.schemaIds()));
        }

        private UpgradeCheck.Candidate alerts() {
            var topology = new WorkflowTopology(cluster.topics(), cluster.schemaIds(), Policy.defaults(), LiveFrom.ALWAYS,
                    new AlertsMetrics(new SimpleMeterRegistry()));
            return new UpgradeCheck.Candidate(alertsId, topology.build(), WorkflowForms.all(cluster.topics(), cluster.schemaIds()));
        }

        private Consumer<byte[], byte[]> consumer(SealedConsumer.Reading reading) {
            Map<String, Object> settings = cluster.readerProperties();
            return cluster.privacy().vault().<Consumer<byte[], byte[]>>map(vault -> SealedConsumer.ofBytes(settings, new Sealing(vault), reading))
                    .orElseGet(() -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }

        /** Without a registry the schemas come with the program. */
        private List<Finding> schemas() {
            if (cluster.registry().isEmpty()) {
                return List.of();
            }
            try (SchemaRegistration registration = new SchemaRegistration(cluster.registry().get())) {
                return registration.plan(cluster.topics()).stream().filter(SchemaRegistration.Result::changed).map(result -> new Finding(Level.BREAKS,
                        result.subject(), "its schema is not registered: './vitaltwin topics apply --registry URL' of this version does it")).toList();
            } catch (SchemaProblem e) {
                throw CliException.failed(String.valueOf(e.getMessage()), e);
            }
        }

        private void print(Finding finding) {
            if (cluster.json()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("level", finding.level());
                line.put("about", finding.about());
                line.put("text", finding.text());
                cluster.printJson(line);
            } else {
                cluster.out().printf("%-7s %-40s %s%n", finding.level(), finding.about(), finding.text());
            }
        }

        private void tell(boolean breaks) {
            if (cluster.json()) {
                cluster.printJson(Map.of("version", Version.current(), "rollingUpgrade", !breaks));
            } else {
                cluster.out().println(breaks ? "a rolling upgrade to vitaltwin " + Version.current() + " would break: see the lines that say BREAKS"
                        : "a rolling upgrade to vitaltwin " + Version.current() + " finds nothing that would break");
            }
        }
    }
}

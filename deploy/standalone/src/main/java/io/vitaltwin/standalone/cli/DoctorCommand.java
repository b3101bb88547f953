package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.RegistrySchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.TopicDifference;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Whether this machine and the cluster are fit to run the system. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Checks this machine and the cluster; names the fix of each check that fails. Exit 1 if any does.")
final class DoctorCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1L << 20;
    private static final long LEAST_MEMORY = 2_000 * MEGABYTE;
    private static final Duration MOST_AHEAD = Duration.ofSeconds(2);
    private static final long LEAST_DISK = 2_000 * MEGABYTE;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--state-dir", paramLabel = "DIR", defaultValue = "state/twin",
            description = "Where the twin would keep its state. Default: ${DEFAULT-VALUE}.")
    private Path stateDir = Path.of("state", "twin");

    private final List<Check> checks = new ArrayList<>();

    /** @param fix what to do when it is not ok; empty when it is */
    record Check(String name, boolean ok, String found, String fix) {
    }

    @Override
    public Integer call() {
        java(Runtime.version().feature());
        memory(ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() : Long.MAX_VALUE);
        stateFolder();
        broker();
        cluster.registry().ifPresent(this::registry);
        checks.forEach(this::print);
        return checks.stream().allMatch(Check::ok) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void java(int feature) {
        add("java", feature >= 21, "Java " + feature, "install a JDK 21 or newer and set JAVA_HOME");
    }

    private void memory(long bytes) {
        add("memory", bytes >= LEAST_MEMORY, bytes / MEGABYTE + " MB", "give the machine at least " + LEAST_MEMORY / MEGABYTE + " MB");
    }

    private void stateFolder() {
        String name = "state folder";
        try {
            Path existing = stateDir.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            boolean writable = Files.isDirectory(existing) && Files.isWritable(existing);
            add(name, writable, stateDir + (writable ? " can be written" : " cannot be written"), "choose another with --state-dir");
            FileStore store = Files.getFileStore(existing);
            long free = store.getUsableSpace();
            add("disk", free >= LEAST_DISK, free / MEGABYTE + " MB free", "free at least " + LEAST_DISK / MEGABYTE + " MB or choose another --state-dir");
        } catch (IOException e) {
            add(name, false, stateDir + " cannot be looked at", "choose another with --state-dir");
        }
    }

    private void broker() {
        Admin admin;
        try {
            admin = cluster.admin();
        } catch (CliException e) {
            add("broker", false, String.valueOf(e.getMessage()), "start a broker, or give --bootstrap-server and --command-config");
            return;
        }
        try (admin) {
            add("broker", true, cluster.bootstrapServer() + " answers", "");
            TopicAdmin topics = new TopicAdmin(admin, cluster.topics(), TopicAdmin.Clock.BROKER);
            topics(topics);
            if (topics.inputPartitions().containsKey(cluster.topics().ticks().name())) {
                clock(admin);
            }
        } catch (KafkaException e) {
            add("topics", false, "cannot be looked at: " + e.getMessage(), "give this user the right to describe topics and their settings");
        }
    }

    private void topics(TopicAdmin admin) {
        List<TopicDifference> differences = admin.plan().stream()
                .filter(difference -> difference.kind() != TopicDifference.Kind.PARTITIONS).toList();
        add("topics", differences.isEmpty(), differences.isEmpty() ? "as the catalogue says" : differences.size() + " differences, first "
                + differences.getFirst().topic(), "'./vitaltwin topics plan' shows them, './vitaltwin topics apply' mends them");
        Map<String, Integer> partitions = admin.inputPartitions();
        add("co-partitioning", new HashSet<>(partitions.values()).size() <= 1, "partitions of the inputs " + new HashSet<>(partitions.values()),
                "create the input topics anew with one number of partitions");
    }

    /** The broker stamps the ticks: a stamp from the future means that its clock or ours is wrong. */
    private void clock(Admin admin) {
        TopicPartition ticks = new TopicPartition(cluster.topics().ticks().name(), 0);
        long newest = KafkaCalls.await(admin.listOffsets(Map.of(ticks, OffsetSpec.maxTimestamp())).all()).get(ticks).timestamp();
        long ahead = newest - System.currentTimeMillis();
        String found = newest < 0 ? "no tick yet to compare with"
                : ahead > 0 ? "the broker is at least " + ahead + " ms ahead" : "the broker is not ahead";
        add("clock", ahead <= MOST_AHEAD.toMillis(), found, "synchronise the clocks of this machine and of the brokers (NTP)");
    }

    private void registry(URI url) {
        Topic<?> topic = cluster.topics().readings();
        try (RegistrySchemaIds ids = new RegistrySchemaIds(url)) {
            ids.idOf(topic.subject(), SpecificData.get().getSchema(topic.type()));
            add("registry", true, url + " has our schemas", "");
        } catch (SchemaProblem e) {
            add("registry", false, String.valueOf(e.getMessage()), "start it, or './vitaltwin topics apply --registry " + url + "' registers the schemas");
        }
    }

    private void add(String name, boolean ok, String found, String fix) {
        checks.add(new Check(name, ok, found, ok ? "" : fix));
    }

    private void print(Check check) {
        if (cluster.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("check", check.name);
            json.put("ok", check.ok);
            json.put("found", check.found);
            json.put("fix", check.fix);
            cluster.printJson(json);
        } else {
            cluster.out().println(String.format("%-5s %-16s %s%s", check.ok ? "ok" : "FAIL", check.name, check.found,
                    check.ok ? "" : "; fix: " + check.fix));
        }
    }
}

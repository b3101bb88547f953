package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.SchemaRegistration;
import io.vitaltwin.schemas.SchemaRegistration.Result;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.TopicDifference;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** The topics of the catalogue on a cluster. */
@Command(name = "topics", mixinStandardHelpOptions = true, description = "What is missing or different on the cluster; create it.",
        subcommands = {TopicsCommand.Plan.class, TopicsCommand.Apply.class})
final class TopicsCommand {

    /** How the topics are to be. */
    static final class Shape {

        @Option(names = "--partitions", paramLabel = "N", defaultValue = "" + Topics.DEFAULT_PARTITIONS,
                description = "Partitions of each topic. They cannot be changed later. Default: ${DEFAULT-VALUE}.")
        private int partitions = Topics.DEFAULT_PARTITIONS;

        @Option(names = "--replication-factor", paramLabel = "N", description = "Copies of each new topic. Default: as the cluster is set.")
        private @Nullable Short replication;

        TopicAdmin admin(Admin admin, ClusterOptions cluster) {
            if (partitions < 1) {
                throw CliException.wrongCall("--partitions must be at least 1, found " + partitions);
            }
            return new TopicAdmin(admin, new Topics(cluster.topics().prefix(), partitions), TopicAdmin.Clock.BROKER,
                    Optional.ofNullable(replication));
        }
    }

    @Command(name = "plan", mixinStandardHelpOptions = true,
            description = "Shows what is missing or different. Exit 1 if anything is.")
    static final class Plan implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private Shape shape = new Shape();

        @Override
        public Integer call() {
            try (Admin admin = cluster.admin()) {
                TopicAdmin topics = shape.admin(admin, cluster);
                List<TopicDifference> differences = topics.plan();
                print(cluster, differences, "");
                warnOfCopartitioning(cluster, topics);
                boolean schemasMissing = schemas(cluster, topics.topics(), SchemaRegistration::plan, "to be registered");
                boolean asWanted = differences.isEmpty() && !schemasMissing;
                if (asWanted && !cluster.json()) {
                    cluster.out().println("all topics are as they should be");
                }
                return asWanted ? ExitCodes.DONE : ExitCodes.FAILED;
            }
        }
    }

    @Command(name = "apply", mixinStandardHelpOptions = true,
            description = "Creates what is missing and sets what differs. Never deletes, never changes a number of partitions.")
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private Shape shape = new Shape();

        @Override
        public Integer call() {
            try (Admin admin = cluster.admin()) {
                TopicAdmin topics = shape.admin(admin, cluster);
                List<TopicDifference> done = topics.apply();
                print(cluster, done, "applied");
                List<TopicDifference> left = topics.plan();
                print(cluster, left, "not changed");
                warnOfCopartitioning(cluster, topics);
                boolean registered = schemas(cluster, topics.topics(), SchemaRegistration::apply, "registered");
                if (done.isEmpty() && left.isEmpty() && !registered && !cluster.json()) {
                    cluster.out().println("all topics are as they should be");
                }
                return left.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
            }
        }
    }

    /** @return whether a schema is, or was, not in the registry as it should be; false when no registry is named */
    private static boolean schemas(ClusterOptions cluster, Topics topics, BiFunction<SchemaRegistration, Topics, List<Result>> work, String word) {
        if (cluster.registry().isEmpty()) {
            return false;
        }
        try (SchemaRegistration registration = new SchemaRegistration(cluster.registry().get())) {
            List<Result> changed = work.apply(registration, topics).stream().filter(Result::changed).toList();
            for (Result result : changed) {
                if (cluster.json()) {
                    cluster.printJson(Map.of("subject", result.subject(), "schema", word, "compatibility", result.compatibility().name()));
                } else {
                    cluster.out().println(String.format("%-32s schema %s", result.subject(), word));
                }
            }
            return !changed.isEmpty();
        } catch (SchemaProblem e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(ClusterOptions cluster, List<TopicDifference> differences, String done) {
        for (TopicDifference difference : differences) {
            if (cluster.json()) {
                cluster.printJson(json(difference, done));
            } else {
                cluster.out().println(text(difference, done));
            }
        }
    }

    private static Map<String, Object> json(TopicDifference difference, String done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", difference.topic());
        json.put("problem", difference.kind().name());
        json.put("setting", difference.setting());
        json.put("wanted", difference.wanted());
        json.put("found", difference.found());
        if (!done.isEmpty()) {
            json.put("done", done.equals("applied"));
        }
        return json;
    }

    private static String text(TopicDifference difference, String done) {
        String what = switch (difference.kind()) {
            case MISSING -> "missing (" + difference.wanted() + ")";
            case SETTING, PARTITIONS -> difference.setting() + " is " + difference.found() + ", should be " + difference.wanted();
        };
        return String.format("%-32s %s%s", difference.topic(), what, done.isEmpty() ? "" : ": " + done);
    }

    private static void warnOfCopartitioning(ClusterOptions cluster, TopicAdmin topics) {
        Map<String, Integer> partitions = topics.inputPartitions();
        if (new HashSet<>(partitions.values()).size() > 1) {
            cluster.err().println("vitaltwin: the topics that the twin reads must have the same number of partitions, found " + partitions
                    + "; create those that differ anew");
        }
    }
}

package io.vitaltwin.standalone.upgrade;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.streams.StoredForm;
import io.vitaltwin.schemas.streams.TopologyShape;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.TopicDifference;
import io.vitaltwin.standalone.upgrade.Finding.Level;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.streams.Topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares this version with what the cluster holds of the running one. */
public final class UpgradeCheck {

    private static final String CHANGELOG = "-changelog";
    private static final String REPARTITION = "-repartition";

    private final Admin admin;
    private final Supplier<Consumer<byte[], byte[]>> changelogs;
    private final Supplier<Consumer<byte[], byte[]>> topics;
    private final SchemaIds ids;

    /**
     * An application of this version.
     *
     * @param forms of its stores
     */
    public record Candidate(String applicationId, Topology topology, List<StoredForm> forms) {

        public Candidate {
            forms = List.copyOf(forms);
        }
    }

    /**
     * @param changelogs gives consumers of committed records that open what is sealed in changelogs; each is closed here
     * @param topics gives consumers of committed records that open what is sealed on topics
     */
    public UpgradeCheck(Admin admin, Supplier<Consumer<byte[], byte[]>> changelogs, Supplier<Consumer<byte[], byte[]>> topics, SchemaIds ids) {
        this.admin = admin;
        this.changelogs = changelogs;
        this.topics = topics;
        this.ids = ids;
    }

    /** Topology and state of one application. Of one that never ran here there is nothing to compare. */
    public List<Finding> application(Candidate candidate) {
        Set<String> own = KafkaCalls.await(admin.listTopics().names()).stream().filter(name -> isInternal(candidate.applicationId(), name))
                .collect(Collectors.toCollection(TreeSet::new));
        Collection<MemberDescription> members = members(candidate.applicationId());
        if (own.isEmpty() && members.isEmpty()) {
            return List.of(new Finding(Level.OK, candidate.applicationId(), "has not run on this cluster: there is nothing to upgrade"));
        }
        List<Finding> findings = new ArrayList<>(List.of(topology(candidate, members)));
        findings.addAll(stores(candidate, own));
        return findings;
    }

    private static boolean isInternal(String applicationId, String topic) {
        return topic.startsWith(applicationId + "-") && (topic.endsWith(CHANGELOG) || topic.endsWith(REPARTITION));
    }

    private Collection<MemberDescription> members(String applicationId) {
        try {
            return KafkaCalls.await(admin.describeConsumerGroups(List.of(applicationId)).describedGroups().get(applicationId)).members();
        } catch (GroupIdNotFoundException e) {
            return List.of();
        }
    }

    private static Finding topology(Candidate candidate, Collection<MemberDescription> members) {
        String mine = TopologyShape.of(candidate.topology());
        Set<String> running = members.stream().map(member -> TopologyShape.inClientId(member.clientId())).flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean allTell = members.stream().allMatch(member -> TopologyShape.inClientId(member.clientId()).isPresent());
        if (members.isEmpty()) {
            return new Finding(Level.NOTE, candidate.applicationId(), "no instance runs: what its topology was is not known; this version has " + mine);
        }
        if (running.stream().anyMatch(shape -> !shape.equals(mine))) {
            return new Finding(Level.BREAKS, candidate.applicationId(), "running instances have topology " + running + ", this version has " + mine
                    + ": instances of both cannot share the work. Stop all running instances before the first new one starts; state is kept by store");
        }
        return allTell ? new Finding(Level.OK, candidate.applicationId(), "running instances have the same topology " + mine
                + ": they can be replaced one after the other")
                : new Finding(Level.NOTE, candidate.applicationId(), "running instances do not tell their topology: they are older than this check, or have a "
                        + "client.id of their own. Stop all of them before the first new one starts, unless you know that the topology is " + mine);
    }

    private List<Finding> stores(Candidate candidate, Set<String> own) {
        List<Finding> findings = new ArrayList<>();
        Set<String> left = new TreeSet<>(own);
        for (StoredForm form : candidate.forms()) {
            String changelog = form.changelog(candidate.applicationId());
            findings.add(left.remove(changelog) ? stored(form, changelog)
                    : new Finding(Level.NOTE, changelog, "is not there: store " + form.store() + " begins empty"));
        }
        left.forEach(topic -> findings.add(new Finding(Level.BREAKS, topic,
                "belongs to no store of this version: what it holds would be left behind. Upgrade by way of a version that carries it over")));
        return findings;
    }

    private Finding stored(StoredForm form, String changelog) {
        try (Consumer<byte[], byte[]> consumer = changelogs.get()) {
            StoredStates.Result result = new StoredStates(consumer).read(form, changelog);
            if (result.problems().isEmpty()) {
                return new Finding(Level.OK, changelog, "entries that this version can read: all " + result.entries());
            }
            String why = result.problems().entrySet().stream().map(problem -> problem.getValue() + " " + problem.getKey()).collect(Collectors.joining("; "));
            return new Finding(Level.BREAKS, changelog, "of " + result.entries() + " entries this version cannot read: " + why);
        }
    }

    /** Whether every topic of this version is there, and whether it can read what is written now. */
    public List<Finding> topics(TopicAdmin catalogue) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<TopicDifference>> differences = catalogue.plan().stream().collect(Collectors.groupingBy(TopicDifference::topic));
        try (Consumer<byte[], byte[]> consumer = topics.get()) {
            WrittenSchemas written = new WrittenSchemas(consumer, ids);
            for (Topic<?> topic : catalogue.topics().avro()) {
                List<TopicDifference> found = differences.getOrDefault(topic.name(), List.of());
                if (found.stream().anyMatch(difference -> difference.kind() == TopicDifference.Kind.MISSING)) {
                    findings.add(new Finding(Level.BREAKS, topic.name(), "is missing: './vitaltwin topics apply' of this version makes it"));
                } else {
                    findings.add(written.look(topic.name()).orElse(found.isEmpty() ? new Finding(Level.OK, topic.name(), "can be read")
                            : new Finding(Level.NOTE, topic.name(), "can be read; './vitaltwin topics plan' shows settings that differ")));
                }
            }
        }
        return findings;
    }
}

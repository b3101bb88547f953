package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.schemas.privacy.Pseudonyms;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.testbench.sim.SimPatient;
import io.vitaltwin.testbench.sim.Stories;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Broker, registry and twin in this JVM, and patients who measure themselves. All inputs carry the time of the story, so that a day
 * passes in minutes while every rule sees real intervals.
 */
final class Demo {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(120);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    /** Longer than a twin holds anything back: refused readings are summed up per minute, snapshots per second. */
    private static final Duration CLOSING = Duration.ofMinutes(3);

    private final DemoSettings settings;
    private final InstantSource clock;
    private final PrintWriter err;
    private final Screen screen;
    private final BooleanSupplier stopped;
    private final boolean signIn;
    private final Tally tally = new Tally();

    /**
     * @param stopped becomes true when somebody wants the demo to end at once, without a summary
     * @param signIn whether a sign-in to the console is offered
     */
    Demo(DemoSettings settings, InstantSource clock, PrintWriter err, Screen screen, BooleanSupplier stopped, boolean signIn) {
        this.signIn = signIn;
        this.settings = settings;
        this.clock = clock;
        this.err = err;
        this.screen = screen;
        this.stopped = stopped;
    }

    /**
     * Plays until its time is over or it is stopped.
     *
     * @param folder empty; everything that the demo writes is in it
     * @param since when the program began
     * @return empty when it was stopped
     */
    Optional<Summary> run(Path folder, Instant since) throws InterruptedException {
        List<SimPatient> patients = cast();
        Optional<PrivacySettings> keys = settings.encryption() ? Optional.of(PrivacySettings.in(folder.resolve("keys"))) : Optional.empty();
        Privacy privacy = keys.map(vault -> Privacy.on(vault.open())).orElseGet(Privacy::off);
        try (EmbeddedStack stack = EmbeddedStack.start(stackSettings(folder, keys)); Admin admin = stack.admin()) {
            LatencyProbe probe = new LatencyProbe(stack.topics().partitions());
            try (var watcher = new Watcher(Clients.reader(stack.bootstrapServers(), privacy), stack.topics(), stack.schemaIds(), tally, probe);
                    var producer = Clients.writer(stack.bootstrapServers(), privacy)) {
                watcher.start();
                var player = new Player(producer, stack.topics(), stack.schemaIds(), probe, privacy);
                var progress = new GroupProgress(admin, TwinConfig.DEFAULT_APPLICATION_ID);
                Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                register(patients, start, stack, admin, player, progress);
                try (DemoConsole console = settings.worklist() ? DemoConsole.start(stack, folder, settings, keys, signIn) : null) {
                    double readySeconds = Duration.between(since, clock.instant()).toMillis() / 1000.0;
                    DemoText.ready(err, stack, patients, settings, keys, Optional.ofNullable(console), readySeconds);
                    Instant end = play(new Schedule(patients, start, settings.seed()), start, stack, player);
                    if (stopped.getAsBoolean()) {
                        return Optional.empty();
                    }
                    finish(end, stack, admin, player, progress, watcher);
                    return Optional.of(new Summary(player.readings(), player.turnedAway(), tally.fates(), tally.alerts(), tally.violations(),
                            tally.quality(), patients.size(), probe.latency(), readySeconds, Version.current()));
                }
            }
        }
    }

    private List<SimPatient> cast() {
        List<SimPatient> patients = new ArrayList<>(CgmPatients.bundled());
        patients.addAll(Stories.all());
        settings.data().ifPresent(folder -> patients.addAll(CgmPatients.in(folder, err::println)));
        return patients;
    }

    private StackSettings stackSettings(Path folder, Optional<PrivacySettings> keys) {
        StackSettings defaults = StackSettings.in(folder);
        BrokerSettings broker = settings.port() == 0 ? defaults.broker() : defaults.broker().onPort(settings.port());
        StackSettings twin = defaults.withBroker(broker).withVirtualTime()
                .withTwin(config -> keys.map(withoutTicks(config)::withPrivacy).orElseGet(() -> withoutTicks(config)));
        return settings.worklist() ? twin.withAlerts(config -> keys.map(config::withPrivacy).orElse(config)) : twin;
    }

    /** The demo writes the ticks itself, in the time of the story. */
    private static TwinConfig withoutTicks(TwinConfig config) {
        return config.withTickInterval(Duration.ZERO);
    }

    private void register(List<SimPatient> patients, Instant start, EmbeddedStack stack, Admin admin, Player player,
            GroupProgress progress) throws InterruptedException {
        patients.forEach(patient -> player.sendAll(patient.registration(start)));
        if (settings.worklist()) {
            player.team(CareTeam.newBuilder().setPatientId(Pseudonyms.EVERYBODY_ELSE).setTeam(DemoConsole.TEAM).setShifts(List.of()).build(), start);
        }
        player.flush();
        stack.awaitRunning(START_LIMIT);
        progress.awaitCommitted(GroupProgress.ends(admin, inputs(stack)), START_LIMIT, () -> requireAlive(stack));
    }

    /** @return the time of the story at its end */
    private Instant play(Schedule schedule, Instant start, EmbeddedStack stack, Player player) {
        var story = new StoryClock(start, settings.speed(), settings.storyLength(), System::nanoTime);
        var ticks = new TickTimes(start, settings.speed());
        while (true) {
            Instant now = story.now();
            player.play(schedule, ticks, now);
            screen.show(new Status(story.elapsed(), settings.length(), now, settings.speed(), player.readings(), player.turnedAway(), tally));
            if (story.isEnd(now) || stopped.getAsBoolean()) {
                return now;
            }
            requireAlive(stack);
            Instant due = schedule.nextAt().isBefore(ticks.next()) ? schedule.nextAt() : ticks.next();
            Duration pause = story.until(due);
            LockSupport.parkNanos((pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos() + 1);
        }
    }

    private void finish(Instant end, EmbeddedStack stack, Admin admin, Player player, GroupProgress progress, Watcher watcher)
            throws InterruptedException {
        player.tickOn(end, CLOSING);
        player.flush();
        try (var reader = Clients.reader(stack.bootstrapServers())) {
            progress.awaitTaken(GroupProgress.ends(admin, inputs(stack)), reader, CATCH_UP_LIMIT, () -> requireAlive(stack));
        }
        watcher.awaitRead(GroupProgress.ends(admin, watcher.partitions()), CATCH_UP_LIMIT);
    }

    private static void requireAlive(EmbeddedStack stack) {
        stack.failure().ifPresent(cause -> {
            throw CliException.failed("the demo's own broker or twin died: " + cause.getMessage() + "; --debug shows where", new IllegalStateException(cause));
        });
    }

    private static List<TopicPartition> inputs(EmbeddedStack stack) {
        List<TopicPartition> inputs = new ArrayList<>();
        for (Topic<?> topic : stack.topics().topologyInputs()) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                inputs.add(new TopicPartition(topic.name(), partition));
            }
        }
        return inputs;
    }
}

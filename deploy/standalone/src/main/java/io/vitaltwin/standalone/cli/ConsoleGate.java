package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.adapter.disclosure.DisclosureLog;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Disclosing;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Outcome;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Asks consent for each view of the console and each event of its stream, with every consent that was committed before the call. What is written down of it:
 * see {@link ConsoleLedger}. Those who treat ask for TREAT, patients for their own data, which consent denies nobody. Safe for several threads.
 */
final class ConsoleGate implements ViewGate {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleGate.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final String US = "vitaltwin";

    private final ConsoleConsents consents;
    private final DisclosureLog log;
    private final InstantSource clock;
    private final ConsoleLedger ledger = new ConsoleLedger();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Thread follower = new Thread(this::follow, "console-consents");
    private volatile boolean closing;
    private long sweptMillis;

    /** All consents are read when this returns. @param log closed here, as are the consents */
    ConsoleGate(ConsoleConsents consents, DisclosureLog log, InstantSource clock) {
        this.consents = consents;
        this.log = log;
        this.clock = clock;
        this.sweptMillis = clock.millis();
        consents.catchUp();
        consents.takeChanged();
    }

    ConsoleGate start() {
        follower.start();
        return this;
    }

    private static Egress egress(Visitor visitor, Way way) {
        if (visitor.role() == Role.PATIENT) {
            return Egress.API_OWN;
        }
        return switch (way) {
            case API -> Egress.API;
            case STREAM -> Egress.API_STREAM;
        };
    }

    private static Viewer viewer(Visitor visitor) {
        return new Viewer(visitor.role() == Role.PATIENT ? "PATRQT" : "TREAT", visitor.user(), visitor.role().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Boolean> ask(Visitor visitor, Way way, List<Thing> things) {
        if (things.isEmpty()) {
            return List.of();
        }
        boolean[] permitted = ask(egress(visitor, way), viewer(visitor), things.stream().map(thing -> new Asked(thing.patient(), thing.appendMillis(), offer(thing)))
                .toList());
        List<Boolean> answer = new ArrayList<>(permitted.length);
        for (boolean one : permitted) {
            answer.add(one);
        }
        return answer;
    }

    /** Those that this visitor may be shown, of records that were read elsewhere. @throws Unavailable as {@link #ask} */
    <T> List<T> pass(Visitor visitor, List<Item<T>> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        boolean[] permitted = ask(egress(visitor, Way.API), viewer(visitor), items.stream().map(item -> new Asked(item.patient(), item.appendMillis(), item.offer()))
                .toList());
        List<T> passed = new ArrayList<>();
        for (int i = 0; i < permitted.length; i++) {
            if (permitted[i]) {
                passed.add(items.get(i).content());
            }
        }
        return passed;
    }

    private record Asked(String patient, long appendMillis, Offer offer) {
    }

    private boolean[] ask(Egress egress, Viewer viewer, List<Asked> things) {
        List<String> changed;
        boolean[] permitted;
        synchronized (this) {
            try {
                consents.catchUp();
                permitted = decide(egress, viewer, things);
                log.write(ledger.takeDisclosures(), ledger.takeViolations());
            } catch (DisclosureFailed e) {
                ledger.forget();
                throw new Unavailable("the gate of disclosures does not answer", e);
            }
            changed = consents.takeChanged();
        }
        tell(changed);
        return permitted;
    }

    private boolean[] decide(Egress egress, Viewer viewer, List<Asked> things) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < things.size(); i++) {
            places.computeIfAbsent(things.get(i).patient(), patient -> new ArrayList<>()).add(i);
        }
        boolean[] permitted = new boolean[things.size()];
        long clockMillis = clock.millis();
        places.forEach((patient, its) -> {
            ConsentTimeline timeline = consents.of(patient, viewer);
            long append = its.stream().mapToLong(place -> things.get(place).appendMillis()).max().orElse(Long.MIN_VALUE);
            // Never before what is already in the log: its clock may be ahead, or be that of a story.
            long now = Math.max(clockMillis, Math.max(timeline.newestKnownAt(), append));
            Outcome outcome = Disclosing.decide(timeline, egress, viewer, its.stream().map(place -> things.get(place).offer()).toList(), now);
            for (int i = 0; i < its.size(); i++) {
                permitted[its.get(i)] = outcome.permitted().get(i);
            }
            ledger.note(egress, viewer, patient, outcome, now, clockMillis);
        });
        return permitted;
    }

    private static Offer offer(Thing thing) {
        List<Datum> data = thing.basis().stream().map(basis -> Datum.at(
                basis.deviceId().isEmpty() ? "" : AlertId.ofDevice(thing.patient(), basis.deviceId()), basis.vital(), basis.effectiveMillis())).toList();
        return Offer.of(data.isEmpty() ? List.of(Datum.notice(thing.appendMillis())) : data);
    }

    @Override
    public synchronized boolean isInForce(String patient) {
        ConsentTimeline timeline = consents.of(patient);
        long now = Math.max(clock.millis(), timeline.newestKnownAt());
        return Arrays.stream(Vital.values()).anyMatch(vital -> timeline.decide(vital.id(), "TREAT", US, Stage.COLLECT, now, now).isPermitted());
    }

    @Override
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Outside the lock: a listener may have waiting threads that ask. */
    private void tell(List<String> patients) {
        patients.forEach(patient -> listeners.forEach(listener -> listener.accept(patient)));
    }

    private void follow() {
        while (!closing) {
            try {
                tell(look());
            } catch (KafkaException | DisclosureFailed e) {
                // Whoever asks next is told the same and shows nothing; the streams go on when the log answers again.
                LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("consents cannot be followed");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private synchronized List<String> look() {
        consents.follow();
        List<String> changed = new ArrayList<>(consents.takeChanged());
        long now = clock.millis();
        if (now - sweptMillis >= SWEEP.toMillis()) {
            changed.addAll(consents.changing(sweptMillis, now));
            sweptMillis = now;
            ledger.sweep(now);
            log.write(ledger.takeDisclosures(), ledger.takeViolations());
        }
        return changed;
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(follower);
        try {
            if (follower.isAlive()) {
                follower.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            try {
                ledger.sweep(clock.millis() + ConsoleLedger.MINUTE);
                log.write(ledger.takeDisclosures(), ledger.takeViolations());
            } finally {
                consents.close();
                log.close();
            }
        }
    }
}

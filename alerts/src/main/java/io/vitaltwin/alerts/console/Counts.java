package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.VerdictCounts;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts of what went by, of no patient. What is kept per patient is the kinds of the devices, and what is not delivered yet. Safe for several threads. */
public final class Counts {

    private static final String ALL = "all";
    private static final String UNREGISTERED = "unregistered";

    private final long[] fates = new long[5];
    private final long[] verdicts = new long[3];
    private final Map<List<String>, Long> violations = new TreeMap<>((one, other) -> String.join(" ", one).compareTo(String.join(" ", other)));
    private final Map<String, long[]> flags = new TreeMap<>();
    private final Map<String, Map<String, String>> kinds = new HashMap<>();
    private final Map<String, long[]> channels = new TreeMap<>();
    private final Set<String> pending = new HashSet<>();

    synchronized void twin(Optional<TwinSnapshot> before, Optional<TwinSnapshot> now) {
        before.ifPresent(twin -> add(twin, -1));
        now.ifPresent(twin -> add(twin, 1));
    }

    private void add(TwinSnapshot twin, int sign) {
        Fates by = twin.getFates();
        long[] its = {by.getApplied(), by.getLate(), by.getDuplicate(), by.getRefused(), by.getDead()};
        for (int i = 0; i < its.length; i++) {
            fates[i] += sign * its[i];
        }
        VerdictCounts judged = twin.getVerdicts();
        verdicts[0] += sign * judged.getAccept();
        verdicts[1] += sign * judged.getSuspect();
        verdicts[2] += sign * judged.getReject();
    }

    synchronized void plan(String patient, Optional<PatientContext> plan) {
        Map<String, String> its = new HashMap<>();
        for (RegisteredDevice device : plan.map(PatientContext::getDevices).orElse(List.of())) {
            its.put(device.getDeviceId(), device.getKind());
        }
        if (its.isEmpty()) {
            kinds.remove(patient);
        } else {
            kinds.put(patient, its);
        }
    }

    synchronized void violation(ConsentViolation violation) {
        violations.merge(List.of(violation.getReason().name(), violation.getStage().name()), violation.getCount(), Long::sum);
    }

    synchronized void flag(String patient, QualityFlag flag) {
        if (flag.getVerdict() != Verdict.ACCEPT) {
            String kind = kinds.getOrDefault(patient, Map.of()).getOrDefault(flag.getDeviceId(), UNREGISTERED);
            flags.computeIfAbsent(kind, none -> new long[2])[flag.getVerdict() == Verdict.SUSPECT ? 0 : 1]++;
        }
    }

    synchronized void notification(Notification notification) {
        if (notification.getChannel().isEmpty()) {
            return;
        }
        String id = notification.getNotificationId();
        long[] its = channels.computeIfAbsent(notification.getChannel(), none -> new long[2]);
        switch (notification.getStatus()) {
            case PLANNED, RETRYING -> pending.add(id);
            case SENT, DELIVERED -> {
                pending.remove(id);
                its[0]++;
            }
            case FAILED -> {
                pending.remove(id);
                its[1]++;
            }
            case CANCELLED -> pending.remove(id);
        }
    }

    /** @param lag of groups, as the cluster tells */
    public synchronized OpsView view(List<OpsView.Lag> lag, long dlq) {
        Map<String, Long> byFate = new LinkedHashMap<>();
        String[] names = {"APPLIED", "LATE", "DUPLICATE", "REFUSED", "DEAD"};
        for (int i = 0; i < names.length; i++) {
            byFate.put(names[i], fates[i]);
        }
        List<OpsView.Quality> quality = new ArrayList<>(List.of(new OpsView.Quality(ALL, verdicts[0], verdicts[1], verdicts[2])));
        flags.forEach((kind, its) -> quality.add(new OpsView.Quality(kind, unknown(), its[0], its[1])));
        List<OpsView.Channel> byChannel = new ArrayList<>();
        channels.forEach((channel, its) -> byChannel.add(new OpsView.Channel(channel, null, its[0], its[1])));
        return new OpsView(lag, byFate, dlq,
                violations.entrySet().stream().map(entry -> new OpsView.Refused(entry.getKey().getFirst(), entry.getKey().getLast(), entry.getValue())).toList(),
                quality, new OpsView.Notifications(channels.values().stream().mapToLong(its -> its[0]).sum(),
                        channels.values().stream().mapToLong(its -> its[1]).sum(), pending.size(), byChannel));
    }

    /** Flags tell only of readings that were not plain ACCEPT. */
    private static @Nullable Long unknown() {
        return null;
    }
}

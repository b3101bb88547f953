package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.delivery.DisclosureDecision;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.disclosure.Viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks consent for each recipient of a message, who is told for treatment. A gate for each recipient is opened when the first message goes there. */
final class NotificationGate implements DisclosureDecision, AutoCloseable {

    private static final String PURPOSE = "TREAT";

    private final Function<Viewer, DisclosureGate> open;
    private final Map<String, DisclosureGate> gates = new HashMap<>();

    /** @param open a gate at the way out of notifications */
    NotificationGate(Function<Viewer, DisclosureGate> open) {
        this.open = open;
    }

    @Override
    public synchronized boolean permits(String patient, String recipient, WorklistAlert alert) {
        DisclosureGate gate = gates.computeIfAbsent(recipient, name -> open.apply(new Viewer(PURPOSE, name, "")));
        return !gate.pass(List.of(new Item<>(patient, alert.getUpdated().toEpochMilli(), Offers.of(patient, alert), alert))).isEmpty();
    }

    @Override
    public synchronized void close() {
        gates.values().forEach(DisclosureGate::close);
        gates.clear();
    }
}

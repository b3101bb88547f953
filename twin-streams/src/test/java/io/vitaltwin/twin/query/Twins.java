package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.TwinState;
import io.vitaltwin.twin.topology.StoredTwins;
import io.vitaltwin.twin.topology.StoredTwins.Stored;

import java.time.Instant;
import java.util.List;

/** Twins as stores hold them, for tests. */
final class Twins {

    static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
    static final Topics TOPICS = new Topics("vt.", 2);
    static final BundledSchemaIds IDS = new BundledSchemaIds();
    static final StoredTwins STORES = new StoredTwins(TOPICS, IDS, RuleSetFile.bundled());

    private Twins() {
    }

    /** A saturation of 96 % or, below 88, with an open alert. */
    static Stored spo2(double percent) {
        return spo2(percent, T0);
    }

    static Stored spo2(double percent, Instant at) {
        TwinState twin = new TwinState();
        twin.seen(at.toEpochMilli(), 7);
        twin.monitored(true);
        twin.stream("oximeter-1", Vital.SPO2).latest(new Point(at.toEpochMilli() - 2_000, Value.measured(Math.round(percent * 1000), Unit.PERCENT),
                Grade.MEDICAL_HOME, Verdict.ACCEPT, Context.REST, 0, 1_500, 7, 0));
        twin.stream("oximeter-1", Vital.SPO2).heard(at.toEpochMilli() - 2_000);
        if (percent < 88) {
            Episode episode = new Episode(Family.SPO2, at.toEpochMilli() - 60_000);
            episode.hold(RuleId.SPO2_CRIT, Priority.HIGH);
            twin.open(episode);
        }
        return new Stored(twin.encode(TwinState.scratch()), plan(), null);
    }

    static byte[] plan() {
        RegisteredDevice device = RegisteredDevice.newBuilder().setDeviceId("oximeter-1").setKind("finger-oximeter").setGrade(DeviceGrade.MEDICAL_HOME)
                .setVitals(List.of("spo2")).setIntervalMillis(30_000L).build();
        byte[] bytes = new AvroSerde<>(TOPICS.patients(), IDS).serialize("", PatientContext.newBuilder().setPatientId("p").setDevices(List.of(device)).build());
        if (bytes == null) {
            throw new IllegalStateException("a plan is written as bytes");
        }
        return bytes;
    }
}

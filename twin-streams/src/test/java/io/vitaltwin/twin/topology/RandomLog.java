package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.provision;

/**
 * Three hours of some patients, with everything that goes wrong: duplicates, turned and lost batches, batches without a number, late ones,
 * restarted counts, a clock that is an hour ahead for a while, bad units, vitals that nobody knows or registered, unreadable records, consent that comes and goes. The same seed gives the same log.
 */
final class RandomLog {

    static final Duration LENGTH = Duration.ofHours(3);
    /** After so long without data nothing waits any more: batches 5 min, refusals 2 min. */
    static final Duration REST = Duration.ofMinutes(12);
    /** Registered for the patch, but no vital of the catalogue. */
    private static final String UNKNOWN_VITAL = "blood_ketones";

    private static final long NEVER = Long.MAX_VALUE / 2;
    /** For how long the clock of each device that counts is an hour ahead. */
    private static final long WRONG_SECONDS = 2_400;

    private final SplittableRandom random;
    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Long> sent = new HashMap<>();
    private int versions;

    RandomLog(long seed, List<String> patients) {
        random = new SplittableRandom(seed);
        patients.forEach(this::write);
        inputs.sort(Comparator.comparing(Input::at));
    }

    /** In the order of arrival, without ticks. */
    List<Input> inputs() {
        return inputs;
    }

    /** With a tick every so often until nothing waits any more. Of the same instant, ticks come last. */
    List<Input> withTicks(Duration every) {
        List<Input> all = new ArrayList<>(inputs);
        Instant end = Story.T0.plus(LENGTH).plus(REST);
        for (Instant tick = Story.T0; tick.isBefore(end); tick = tick.plus(every)) {
            all.add(Story.tick(tick));
        }
        all.add(Story.tick(end));
        all.sort(Comparator.comparing(Input::at));
        return all;
    }

    /** Readings that reached the broker, each copy counted; an unreadable record counts as one. */
    long sent(String patient) {
        return sent.getOrDefault(patient, 0L);
    }

    private void write(String patient) {
        inputs.add(Story.plan(patient, at(-60), Story.device(OXIMETER, "finger-oximeter", Duration.ofSeconds(30), "spo2"),
                Story.device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate", "steps", UNKNOWN_VITAL),
                Story.device(SENSOR, "cgm", Duration.ofMinutes(5), "glucose_interstitial")));
        inputs.add(Story.permit(patient, String.valueOf(++versions), at(-59)));
        write(patient, new Sender(OXIMETER, "spo2", "%", 30, true, 92, 3, 82, 99));
        write(patient, new Sender(PATCH, "heart_rate", "/min", 60, true, 134, 3, 124, 160));
        write(patient, new Sender(SENSOR, "glucose_interstitial", "mg/dL", 300, false, 70, 8, 45, 280));
        for (int minute = 5 + random.nextInt(30); minute < LENGTH.toMinutes(); minute += 8 + random.nextInt(40)) {
            sayConsent(patient, at(minute * 60L).plusMillis(random.nextInt(60_000)));
        }
        for (int i = 0; i < 6; i++) {
            Instant when = at(random.nextInt((int) LENGTH.toSeconds())).plusMillis(random.nextInt(1_000));
            inputs.add(new Input("readings", patient, new byte[] {0, 0, 0, 0, (byte) i}, when));
            sent.merge(patient, 1L, Long::sum);
        }
        inputs.add(Story.symptom(patient, "breathlessness", at(600 + random.nextInt(6_000))));
    }

    private void sayConsent(String patient, Instant when) {
        String version = String.valueOf(++versions);
        inputs.add(switch (random.nextInt(4)) {
            case 0 -> Story.withdraw(patient, version, when);
            case 1 -> Story.consent(patient, version, ConsentStatus.ACTIVE, when, provision(ProvisionType.PERMIT).build(),
                    provision(ProvisionType.DENY).setVitals(List.of("heart_rate")).build());
            case 2 -> Story.consent(patient, version, ConsentStatus.ACTIVE, when,
                    provision(ProvisionType.PERMIT).setPeriodEnd(when.plusSeconds(60 + random.nextInt(1_200))).build());
            default -> Story.permit(patient, version, when);
        });
    }

    private record Sender(String device, String vital, String unit, int seconds, boolean counts, int start, int step, int lowest, int highest) {
    }

    private void write(String patient, Sender sender) {
        double value = sender.start();
        long sequence = 0;
        long wrongFrom = sender.counts() ? Math.floorMod(patient.hashCode() * 31L + sender.device().hashCode(), LENGTH.toSeconds()) : NEVER;
        List<Reading> batch = new ArrayList<>();
        for (long second = random.nextInt(sender.seconds()); second < LENGTH.toSeconds(); second += sender.seconds()) {
            value = Math.clamp(value + random.nextInt(-sender.step(), sender.step() + 1), sender.lowest(), sender.highest());
            batch.add(random.nextInt(batch.size() + 1), reading(sender, at(second + (second >= wrongFrom && second < wrongFrom + WRONG_SECONDS ? 3_600 : 0)), value));
            if (random.nextInt(3) > 0) {
                continue;
            }
            send(patient, sender, sender.counts() ? sequence++ : -1, at(second), batch);
            batch = new ArrayList<>();
            if (random.nextInt(60) == 0) {
                sequence = 0;
            }
        }
    }

    private Reading reading(Sender sender, Instant effective, double value) {
        return switch (random.nextInt(40)) {
            case 0 -> Story.reading(sender.vital(), effective, value, "furlong");
            case 1 -> Story.reading("location", effective, value, "deg");
            case 2 -> Story.reading(UNKNOWN_VITAL, effective, value, "mmol/L");
            case 3 -> Story.reading(sender.vital(), effective, Double.NaN, sender.unit());
            case 4 -> Story.reading(sender.vital(), effective.plusSeconds(7_200), value, sender.unit());
            default -> Story.reading(sender.vital(), effective, value, sender.unit());
        };
    }

    private void send(String patient, Sender sender, long sequence, Instant last, List<Reading> readings) {
        int fate = random.nextInt(20);
        if (fate == 0) {
            return;
        }
        long seconds = fate < 4 ? random.nextInt(400) : fate == 4 ? 1_000 + random.nextInt(600) : 2;
        Instant arrival = last.plusSeconds(seconds).plusMillis(random.nextInt(1_000));
        Input batch = Story.batch(patient, sender.device(), sequence, arrival, readings);
        deliver(patient, batch, readings.size());
        if (fate >= 17) {
            deliver(patient, new Input(batch.topic(), batch.key(), batch.value(), arrival.plusMillis(random.nextInt(90_000))), readings.size());
        }
    }

    private void deliver(String patient, Input batch, int readings) {
        if (batch.at().isBefore(Story.T0.plus(LENGTH))) {
            inputs.add(batch);
            sent.merge(patient, (long) readings, Long::sum);
        }
    }
}

package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.testbench.sim.Arrival;
import org.apache.avro.specific.SpecificRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gates with one fault each. */
enum BrokenGates implements Fault {

    IGNORES_WITHDRAWAL(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent && consent.consent().getStatus() == ConsentStatus.INACTIVE ? List.of() : List.of(arrival);
        }
    },

    /** After a withdrawal it still takes what was measured before. */
    DECIDES_BY_EFFECTIVE_TIME(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return List.of(changed(arrival, consent -> consent.getStatus() == ConsentStatus.INACTIVE
                    ? ConsentRecord.newBuilder(consent).setStatus(ConsentStatus.ACTIVE).setEffectiveTime(arrival.at())
                            .setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).setDataPeriodEnd(arrival.at()).build())).build()
                    : consent));
        }
    },

    FORGETS_THE_DATA_PERIOD(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return List.of(ruleByRule(arrival, rule -> Provision.newBuilder(rule).setDataPeriodStart(null).setDataPeriodEnd(null).build()));
        }
    },

    /** A period that ends at 10:00 still holds at 10:00. */
    INCLUDES_THE_END_OF_A_PERIOD(120) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return List.of(ruleByRule(arrival, rule -> rule.getPeriodEnd() == null ? rule
                    : Provision.newBuilder(rule).setPeriodEnd(rule.getPeriodEnd().plusMillis(1)).build()));
        }
    },

    LETS_PERMIT_BEAT_DENY(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return List.of(changed(arrival, consent -> {
                List<Provision> permits = consent.getProvisions().stream().filter(rule -> rule.getType() == ProvisionType.PERMIT).toList();
                return permits.isEmpty() ? consent : ConsentRecord.newBuilder(consent).setProvisions(permits).build();
            }));
        }
    },

    /** A consent counts from the time that it names, although nobody knew it then. */
    BELIEVES_THE_DATE_ON_THE_FORM(48) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent && consent.consent().getEffectiveTime().isBefore(consent.at())
                    ? List.of(new Arrival.Consent(consent.consent().getEffectiveTime(), consent.consent())) : List.of(arrival);
        }
    },

    COUNTS_A_VIOLATION_TWICE(24) {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getReason() == ViolationReason.CLASS_DENIED ? List.of(told, told) : List.of(told);
        }
    },

    LOSES_A_VIOLATION(24) {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getCount() > 3 ? List.of() : List.of(told);
        }
    },

    GIVES_ANOTHER_REASON(24) {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getReason() == ViolationReason.EXPIRED
                    ? List.of(new Told(told.place(), told.timeMillis(), ConsentViolation.newBuilder(violation).setReason(ViolationReason.WITHDRAWN).build()))
                    : List.of(told);
        }
    },

    /** Each consent counts for the next patient, too. */
    USES_THE_CONSENT_OF_SOMEBODY_ELSE(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent ? List.of(arrival, new Arrival.Consent(consent.at(),
                    ConsentRecord.newBuilder(consent.consent()).setPatientId(other(arrival.patientId())).build())) : List.of(arrival);
        }
    },

    /** What one patient may be asked is asked of the next. */
    USES_THE_PLAN_OF_SOMEBODY_ELSE(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Plan plan ? List.of(arrival, new Arrival.Plan(plan.at(),
                    PatientContext.newBuilder(plan.plan()).setPatientId(other(arrival.patientId())).build())) : List.of(arrival);
        }
    },

    /** Withdraws the next patient's consent instead. */
    WITHDRAWS_THE_CONSENT_OF_SOMEBODY_ELSE(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent && consent.consent().getStatus() == ConsentStatus.INACTIVE
                    ? List.of(new Arrival.Consent(consent.at(), ConsentRecord.newBuilder(consent.consent()).setPatientId(other(arrival.patientId())).build()))
                    : List.of(arrival);
        }
    },

    COUNTS_A_READING_FOR_SOMEBODY_ELSE(24) {
        @Override
        public List<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Batch batch && batch.batch().getReadings().size() == 1
                    ? List.of(new Arrival.Batch(batch.at(), other(batch.patientId()), batch.batch())) : List.of(arrival);
        }
    },

    TELLS_SOMEBODY_ELSE_OF_A_VIOLATION(24) {
        @Override
        public String key(String patient, SpecificRecord value) {
            return value instanceof ConsentViolation violation && violation.getReason() == ViolationReason.EXPIRED ? other(patient) : patient;
        }
    },

    NAMES_SOMEBODY_ELSE_IN_A_VIOLATION(24) {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getReason() == ViolationReason.EXPIRED
                    ? List.of(new Told(told.place(), told.timeMillis(),
                            ConsentViolation.newBuilder(violation).setPatientId(other(violation.getPatientId())).build()))
                    : List.of(told);
        }
    },

    /** Two patients come out of a restart with each other's consents. */
    MIXES_UP_CONSENTS_WHEN_RESTARTED(24) {
        @Override
        public void restarted(Map<String, Map<Object, Object>> stored) {
            Map<Object, Object> mixed = new LinkedHashMap<>();
            stored.getOrDefault("consents", Map.of()).forEach((patient, consents) -> mixed.put(other((String) patient), consents));
            stored.put("consents", mixed);
        }
    },

    /** Refusals that were counted and not yet told are lost. */
    FORGETS_REFUSALS_WHEN_RESTARTED(24) {
        @Override
        public void restarted(Map<String, Map<Object, Object>> stored) {
            stored.put("refusals", Map.of());
        }
    },

    /** What should follow when nothing comes never does. */
    FORGETS_TIMERS_WHEN_RESTARTED(24) {
        @Override
        public void restarted(Map<String, Map<Object, Object>> stored) {
            stored.put("timers", Map.of());
        }
    };

    private final int within;

    BrokenGates(int within) {
        this.within = within;
    }

    /** So many seeds show it, at the latest. */
    int within() {
        return within;
    }

    /** Whoever has the next even number, or the odd one before. */
    private static String other(String patient) {
        int dash = patient.lastIndexOf('-') + 1;
        return patient.substring(0, dash) + (Long.parseLong(patient.substring(dash)) ^ 1);
    }

    private static Arrival changed(Arrival arrival, UnaryOperator<ConsentRecord> change) {
        return arrival instanceof Arrival.Consent consent ? new Arrival.Consent(consent.at(), change.apply(consent.consent())) : arrival;
    }

    private static Arrival ruleByRule(Arrival arrival, UnaryOperator<Provision> change) {
        return changed(arrival, consent -> ConsentRecord.newBuilder(consent)
                .setProvisions(consent.getProvisions().stream().map(change).toList()).build());
    }
}

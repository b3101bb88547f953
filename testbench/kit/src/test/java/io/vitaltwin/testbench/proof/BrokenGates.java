package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.testbench.sim.Arrival;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Gates with one fault each. */
enum BrokenGates implements Fault {

    IGNORES_WITHDRAWAL {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent && consent.consent().getStatus() == ConsentStatus.INACTIVE ? Optional.empty() : Optional.of(arrival);
        }
    },

    /** After a withdrawal it still takes what was measured before. */
    DECIDES_BY_EFFECTIVE_TIME {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return Optional.of(changed(arrival, consent -> consent.getStatus() == ConsentStatus.INACTIVE
                    ? ConsentRecord.newBuilder(consent).setStatus(ConsentStatus.ACTIVE).setEffectiveTime(arrival.at())
                            .setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).setDataPeriodEnd(arrival.at()).build())).build()
                    : consent));
        }
    },

    FORGETS_THE_DATA_PERIOD {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return Optional.of(ruleByRule(arrival, rule -> Provision.newBuilder(rule).setDataPeriodStart(null).setDataPeriodEnd(null).build()));
        }
    },

    /** A period that ends at 10:00 still holds at 10:00. */
    INCLUDES_THE_END_OF_A_PERIOD {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return Optional.of(ruleByRule(arrival, rule -> rule.getPeriodEnd() == null ? rule
                    : Provision.newBuilder(rule).setPeriodEnd(rule.getPeriodEnd().plusMillis(1)).build()));
        }
    },

    LETS_PERMIT_BEAT_DENY {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return Optional.of(changed(arrival, consent -> {
                List<Provision> permits = consent.getProvisions().stream().filter(rule -> rule.getType() == ProvisionType.PERMIT).toList();
                return permits.isEmpty() ? consent : ConsentRecord.newBuilder(consent).setProvisions(permits).build();
            }));
        }
    },

    /** A consent counts from the time that it names, although nobody knew it then. */
    BELIEVES_THE_DATE_ON_THE_FORM {
        @Override
        public Optional<Arrival> taken(Arrival arrival) {
            return arrival instanceof Arrival.Consent consent && consent.consent().getEffectiveTime().isBefore(consent.at())
                    ? Optional.of(new Arrival.Consent(consent.consent().getEffectiveTime(), consent.consent())) : Optional.of(arrival);
        }
    },

    COUNTS_A_VIOLATION_TWICE {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getReason() == ViolationReason.CLASS_DENIED ? List.of(told, told) : List.of(told);
        }
    },

    LOSES_A_VIOLATION {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getCount() > 3 ? List.of() : List.of(told);
        }
    },

    GIVES_ANOTHER_REASON {
        @Override
        public List<Told> told(Told told) {
            return told.value() instanceof ConsentViolation violation && violation.getReason() == ViolationReason.EXPIRED
                    ? List.of(new Told(told.place(), told.timeMillis(), ConsentViolation.newBuilder(violation).setReason(ViolationReason.WITHDRAWN).build()))
                    : List.of(told);
        }
    };

    private static Arrival changed(Arrival arrival, UnaryOperator<ConsentRecord> change) {
        return arrival instanceof Arrival.Consent consent ? new Arrival.Consent(consent.at(), change.apply(consent.consent())) : arrival;
    }

    private static Arrival ruleByRule(Arrival arrival, UnaryOperator<Provision> change) {
        return changed(arrival, consent -> ConsentRecord.newBuilder(consent)
                .setProvisions(consent.getProvisions().stream().map(change).toList()).build());
    }
}

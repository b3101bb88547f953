package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.TeamDay;
import io.vitaltwin.schemas.TeamShift;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class PreviewTest {

    /** A Sunday. */
    private static final Instant AT = Instant.parse("2026-03-01T19:57:00Z");

    private static TeamShift shift(ContactRole role, String recipient, int from, int until) {
        return TeamShift.newBuilder().setRole(role).setRecipient(recipient).setDays(List.of()).setFromMinute(from).setUntilMinute(until).build();
    }

    private static final Rota ROTA = Rota.of(CareTeam.newBuilder().setPatientId("*").setShifts(List.of(
            shift(ContactRole.FIRST_CONTACT, "desk", 480, 1200), shift(ContactRole.SECOND_CONTACT, "day", 480, 1200),
            shift(ContactRole.SECOND_CONTACT, "night", 1200, 480), shift(ContactRole.ON_CALL_LEAD, "lead", 0, 1440)))
            .setHolidays(List.of("2026-03-02")).setWorkingDays(List.of(TeamDay.MONDAY, TeamDay.TUESDAY)).setDigestMinute(480).build());

    private static List<Preview.Rung> of(Priority priority) {
        return Preview.of(priority, AT.toEpochMilli(), Policy.defaults(), ROTA);
    }

    @Test
    void shouldTellWhoIsOnDutyWhenEachRungFallsDue() {
        assertThat(of(Priority.HIGH)).extracting(Preview.Rung::step, rung -> Instant.ofEpochMilli(rung.dueMillis()).toString(), Preview.Rung::recipient)
                .containsExactly(tuple(Step.FIRST_CONTACT, "2026-03-01T19:57:00Z", "desk"), tuple(Step.SECOND_CONTACT, "2026-03-01T20:02:00Z", "night"),
                        tuple(Step.ON_CALL_LEAD, "2026-03-01T20:07:00Z", "lead"));
        assertThat(of(Priority.MEDIUM)).extracting(Preview.Rung::recipient).containsExactly("desk", "night");
    }

    @Test
    void shouldKeepTheDigestForAWorkingDay() {
        assertThat(of(Priority.LOW)).singleElement().satisfies(rung -> {
            assertThat(rung.step()).isEqualTo(Step.DIGEST);
            assertThat(Instant.ofEpochMilli(rung.dueMillis())).isEqualTo("2026-03-03T08:00:00Z");
            assertThat(rung.recipient()).isEqualTo("desk");
        });
        assertThat(of(Priority.INFO)).isEmpty();
    }
}

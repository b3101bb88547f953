package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.TeamDay;
import io.vitaltwin.schemas.TeamShift;
import io.vitaltwin.schemas.TrustedRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static io.vitaltwin.schemas.ContactRole.FIRST_CONTACT;
import static io.vitaltwin.schemas.ContactRole.ON_CALL_LEAD;
import static io.vitaltwin.schemas.ContactRole.SECOND_CONTACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RotaTest {

    static {
        TrustedRecords.trust();
    }

    private static final List<TeamDay> WEEK = List.of(TeamDay.MONDAY, TeamDay.TUESDAY, TeamDay.WEDNESDAY, TeamDay.THURSDAY, TeamDay.FRIDAY);

    private static TeamShift shift(ContactRole role, String who, List<TeamDay> days, int from, int until) {
        return TeamShift.newBuilder().setRole(role).setRecipient(who).setDays(days).setFromMinute(from).setUntilMinute(until).build();
    }

    /** Amsterdam; day and night of the week, weekends, holidays, one lead. */
    static CareTeam team() {
        return CareTeam.newBuilder().setPatientId("ann").setTimeZone("Europe/Amsterdam").setShifts(List.of(
                shift(FIRST_CONTACT, "day", WEEK, 8 * 60, 20 * 60),
                shift(FIRST_CONTACT, "night", WEEK, 20 * 60, 8 * 60),
                shift(FIRST_CONTACT, "holiday", List.of(TeamDay.HOLIDAY), 0, 1440),
                shift(SECOND_CONTACT, "second", WEEK, 0, 1440),
                shift(ON_CALL_LEAD, "lead", List.of(), 0, 1440))).setHolidays(List.of("2026-12-25")).build();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_CONTACT, 2026-03-02T07:00:00Z, day",             // Monday 08:00
        "FIRST_CONTACT, 2026-03-02T06:59:59Z, second",          // Sunday's night has no first contact: upwards
        "FIRST_CONTACT, 2026-03-02T18:59:59Z, day",
        "FIRST_CONTACT, 2026-03-02T19:00:00Z, night",           // Monday 20:00
        "FIRST_CONTACT, 2026-03-03T06:59:00Z, night",           // into Tuesday
        "FIRST_CONTACT, 2026-03-07T06:59:00Z, night",           // Friday's night ends on Saturday
        "FIRST_CONTACT, 2026-03-07T07:00:00Z, lead",            // Saturday: neither first nor second
        "FIRST_CONTACT, 2026-12-25T12:00:00Z, holiday",         // a Friday
        "SECOND_CONTACT, 2026-12-25T12:00:00Z, lead",
        "SECOND_CONTACT, 2026-03-02T12:00:00Z, second",
        "ON_CALL_LEAD, 2026-03-02T12:00:00Z, lead",
        "FIRST_CONTACT, 2026-03-30T06:00:00Z, day",             // summer time since the day before
    })
    void shouldTellWhoIsOnDuty(ContactRole role, String at, String who) {
        assertThat(Rota.of(team()).recipient(role, Instant.parse(at).toEpochMilli())).isEqualTo(who);
    }

    @Test
    void shouldNameSomebodyEvenWhereNobodyIsOnDuty() {
        assertThat(Rota.nobody().recipient(FIRST_CONTACT, 0)).isEqualTo(Rota.UNROUTED);
        CareTeam onlyFirst = CareTeam.newBuilder().setPatientId("ann").setShifts(List.of(shift(FIRST_CONTACT, "only", List.of(), 0, 1440))).build();
        assertThat(Rota.of(onlyFirst).recipient(ON_CALL_LEAD, 0)).isEqualTo("only");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T06:59:59Z, 2026-03-02T07:00:00Z",   // the digest of this morning is still to come
        "2026-03-02T07:00:00Z, 2026-03-03T07:00:00Z",
        "2026-03-06T12:00:00Z, 2026-03-09T07:00:00Z",   // over the weekend
        "2026-12-24T12:00:00Z, 2026-12-28T07:00:00Z",   // over a holiday and the weekend
        "2026-03-27T12:00:00Z, 2026-03-30T06:00:00Z",   // into summer time
    })
    void shouldFindTheDigestOfTheNextWorkingDay(String after, String digest) {
        assertThat(Instant.ofEpochMilli(Rota.of(team()).nextDigest(Instant.parse(after).toEpochMilli()))).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource({"360, 420, 480, 2026-03-03T07:00:00Z", "480, 420, 540, 2026-03-03T08:00:00Z", "1380, 1320, 420, 2026-03-03T06:00:00Z"})
    void shouldKeepTheDigestOutOfQuietHours(int digest, int from, int until, String told) {
        CareTeam team = team();
        team.setDigestMinute(digest == 360 ? 450 : digest);
        team.setQuietFromMinute(from);
        team.setQuietUntilMinute(until);
        assertThat(Instant.ofEpochMilli(Rota.of(team).nextDigest(Instant.parse("2026-03-02T12:00:00Z").toEpochMilli()))).isEqualTo(told);
    }

    @Test
    void shouldFindADigestEvenInAYearOfHolidays() {
        CareTeam team = team();
        team.setHolidays(IntStream.range(0, 400).mapToObj(day -> LocalDate.of(2026, 3, 1).plusDays(day).toString()).toList());
        long after = Instant.parse("2026-03-05T12:00:00Z").toEpochMilli();
        assertThat(Rota.of(team).nextDigest(after)).isGreaterThan(after);
    }

    @Test
    void shouldNameTheFieldThatCannotBeUsedAndNobodyInIt() {
        refused(team -> team.setTimeZone("Europe/Nowhere"), "timeZone");
        refused(team -> team.setHolidays(List.of("Christmas")), "holidays");
        refused(team -> team.setDigestMinute(1440), "digestMinute");
        refused(team -> team.setWorkingDays(List.of()), "workingDays");
        refused(team -> team.setWorkingDays(List.of(TeamDay.HOLIDAY)), "workingDays");
        refused(team -> team.setQuietFromMinute(5), "quiet hours");
        refused(team -> {
            team.setQuietFromMinute(5);
            team.setQuietUntilMinute(5);
        }, "quiet hours");
        refused(team -> team.setShifts(List.of(shift(FIRST_CONTACT, " ", List.of(), 0, 1440))), "recipient");
        refused(team -> team.setShifts(List.of(shift(FIRST_CONTACT, "Jan Jansen", List.of(), -1, 1440))), "fromMinute");
        refused(team -> team.setShifts(List.of(shift(FIRST_CONTACT, "Jan Jansen", List.of(), 0, 1441))), "untilMinute");
    }

    private static void refused(Consumer<CareTeam> wrong, String field) {
        CareTeam team = team();
        wrong.accept(team);
        assertThatThrownBy(() -> Rota.of(team)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field)
                .hasMessageNotContaining("Jan").hasMessageNotContaining("ann");
    }
}

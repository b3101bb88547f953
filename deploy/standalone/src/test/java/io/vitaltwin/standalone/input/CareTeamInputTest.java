package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.TeamDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CareTeamInputTest {

    @TempDir
    private Path folder;

    private List<CareTeam> read(String text) throws IOException {
        return CareTeamInput.read(Files.writeString(folder.resolve("teams.yaml"), text));
    }

    @Test
    void shouldReadATeamWithItsHours() throws IOException {
        // When
        List<CareTeam> teams = read("""
                teams:
                  - patient: "*"
                    name: Remote monitoring
                    timezone: Europe/Amsterdam
                    shifts:
                      - {role: first-contact, recipient: desk, days: [monday, holiday], from: "08:00", until: "20:30"}
                      - {role: ON_CALL_LEAD, recipient: lead}
                      - {role: second_contact, recipient: night, from: "20:30", until: "24:00"}
                    holidays: [2026-12-25]
                    workingDays: [monday, saturday]
                    digest: "07:15"
                    quiet: {from: "22:00", until: "24:00"}
                  - {patient: p1, shifts: []}
                """);
        // Then
        assertThat(teams).hasSize(2);
        CareTeam team = teams.getFirst();
        assertThat(team.getPatientId()).isEqualTo("*");
        assertThat(team.getTimeZone()).isEqualTo("Europe/Amsterdam");
        assertThat(team.getHolidays()).containsExactly("2026-12-25");
        assertThat(team.getWorkingDays()).containsExactly(TeamDay.MONDAY, TeamDay.SATURDAY);
        assertThat(team.getDigestMinute()).isEqualTo(435);
        assertThat(team.getQuietFromMinute()).isEqualTo(1320);
        assertThat(team.getQuietUntilMinute()).isZero();
        assertThat(team.getShifts()).extracting("recipient").containsExactly("desk", "lead", "night");
        assertThat(team.getShifts().getFirst().getRole()).isEqualTo(ContactRole.FIRST_CONTACT);
        assertThat(team.getShifts().getFirst().getDays()).containsExactly(TeamDay.MONDAY, TeamDay.HOLIDAY);
        assertThat(team.getShifts().getFirst().getFromMinute()).isEqualTo(480);
        assertThat(team.getShifts().getFirst().getUntilMinute()).isEqualTo(1230);
        assertThat(team.getShifts().get(1).getUntilMinute()).isEqualTo(1440);
        assertThat(team.getShifts().get(2).getUntilMinute()).isEqualTo(1440);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{patient: p1, shifts: [{role: boss, recipient: x}]}] | boss
            [{patient: p1, shifts: [{role: first-contact}]}] | recipient
            [{patient: p1, shifts: [{role: first-contact, recipient: x, from: "8:00"}]}] | time of day
            [{patient: p1, shifts: [{role: first-contact, recipient: x, until: "24:01"}]}] | time of day
            [{patient: p1, shifts: [], timezone: Nowhere/Atall}] | zone
            [{patient: p1, shifts: [], holidays: [christmas]}] | date
            [{patient: p1, shifts: [], workingDays: [holiday]}] | workingDays
            [{patient: p1, shifts: [], color: red}] | color
            [{shifts: []}] | patient
            """)
    void shouldNameFileLineAndWhatIsWrong(String text, String named) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining("teams.yaml").hasMessageContaining(named.strip());
    }
}

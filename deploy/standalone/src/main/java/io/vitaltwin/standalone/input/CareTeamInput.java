package io.vitaltwin.standalone.input;

import io.vitaltwin.alerts.core.Rota;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.TeamDay;
import io.vitaltwin.schemas.TeamShift;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.schemas.privacy.Pseudonyms;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Care teams from a YAML or JSON file: a list, or a list under {@code teams}.
 *
 * <pre>{@code
 * teams:
 *   - patient: "*"                       # those without a team of their own; else a pseudonym
 *     name: Remote monitoring
 *     timezone: Europe/Amsterdam
 *     shifts:
 *       - {role: first-contact, recipient: desk, days: [monday, friday], from: "08:00", until: "20:00"}
 *       - {role: on-call-lead, recipient: lead}      # every day, all day
 *     holidays: [2026-12-25]
 *     workingDays: [monday, friday]
 *     digest: "08:00"
 *     quiet: {from: "22:00", until: "07:00"}
 * }</pre>
 */
public final class CareTeamInput {

    /** Key of the team of those who have none. */
    public static final String EVERYBODY_ELSE = Pseudonyms.EVERYBODY_ELSE;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])");
    private static final int DAY = 24 * 60;

    private CareTeamInput() {
    }

    /** @throws InputException if the file cannot be read or understood */
    public static List<CareTeam> read(Path file) {
        TrustedRecords.trust();
        Item root = InputFile.compose(file.toString(), InputFile.text(file));
        if (root.isMap() && root.entries().containsKey("teams")) {
            Fields fields = root.fields();
            List<CareTeam> teams = teams(fields.need("teams"));
            fields.end();
            return teams;
        }
        return teams(root);
    }

    private static List<CareTeam> teams(Item list) {
        return list.items().stream().map(CareTeamInput::team).toList();
    }

    private static CareTeam team(Item item) {
        Fields fields = item.fields();
        CareTeam.Builder team = CareTeam.newBuilder().setPatientId(fields.need("patient", "patientId").text())
                .setShifts(fields.need("shifts").items().stream().map(CareTeamInput::shift).toList());
        fields.ifThere("name", name -> team.setTeam(name.text()));
        fields.take("timezone", "timeZone").ifPresent(zone -> team.setTimeZone(zone.zone()));
        fields.ifThere("holidays", holidays -> team.setHolidays(holidays.items().stream().map(Item::date).toList()));
        fields.ifThere("workingDays", days -> team.setWorkingDays(days(days)));
        fields.ifThere("digest", time -> team.setDigestMinute(minute(time)));
        fields.ifThere("quiet", quiet -> quiet(quiet.fields(), team));
        fields.end();
        CareTeam built = team.build();
        try {
            Rota.of(built);
        } catch (IllegalArgumentException e) {
            throw item.problem(String.valueOf(e.getMessage()));
        }
        return built;
    }

    private static void quiet(Fields fields, CareTeam.Builder team) {
        team.setQuietFromMinute(minute(fields.need("from"))).setQuietUntilMinute(minute(fields.need("until")) % DAY);
        fields.end();
    }

    private static TeamShift shift(Item item) {
        Fields fields = item.fields();
        TeamShift.Builder shift = TeamShift.newBuilder().setRole(fields.need("role").symbol(ContactRole.class))
                .setRecipient(fields.need("recipient").text());
        fields.ifThere("days", days -> shift.setDays(days(days)));
        fields.ifThere("from", time -> shift.setFromMinute(minute(time)));
        fields.ifThere("until", time -> shift.setUntilMinute(minute(time) == 0 ? DAY : minute(time)));
        fields.end();
        return shift.build();
    }

    private static List<TeamDay> days(Item days) {
        return days.items().stream().map(day -> day.symbol(TeamDay.class)).toList();
    }

    private static int minute(Item item) {
        Matcher time = TIME.matcher(item.text());
        if (!time.matches() || item.text().compareTo("24:00") > 0) {
            throw item.problem("a time of day such as \"08:00\" is needed");
        }
        return Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
    }
}

package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ContactRole;
import io.vitaltwin.schemas.TeamDay;
import io.vitaltwin.schemas.TeamShift;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is on duty when, and when digests are told: a care team, checked. Immutable. */
public final class Rota {

    /** Who is told when no team says who: nobody may be lost because a list is missing. */
    public static final String UNROUTED = "care-team";

    private static final int DAY = 24 * 60;
    private static final Rota NOBODY = new Rota(new CareTeam());
    private static final List<ContactRole> UPWARDS = List.of(ContactRole.FIRST_CONTACT, ContactRole.SECOND_CONTACT, ContactRole.ON_CALL_LEAD);

    private final ZoneId zone;
    private final List<Shift> shifts;
    private final Set<LocalDate> holidays = new HashSet<>();
    private final Set<TeamDay> workingDays;
    private final int digestMinute;
    private final Optional<Quiet> quiet;

    private record Shift(ContactRole role, String recipient, Set<TeamDay> days, int from, int until) {
    }

    private record Quiet(int from, int until) {
        boolean covers(int minute) {
            return from < until ? minute >= from && minute < until : minute >= from || minute < until;
        }
    }

    /** No shifts, UTC, a digest at 8 on Monday to Friday: project defaults, no source. */
    private Rota(CareTeam nobody) {
        this.zone = ZoneId.of("UTC");
        this.shifts = List.of();
        this.workingDays = EnumSet.range(TeamDay.MONDAY, TeamDay.FRIDAY);
        this.digestMinute = 8 * 60;
        this.quiet = Optional.empty();
    }

    private Rota(CareTeam team, ZoneId zone) {
        this.zone = zone;
        this.shifts = team.getShifts().stream().map(Rota::shift).toList();
        team.getHolidays().forEach(date -> holidays.add(LocalDate.parse(date)));
        this.workingDays = EnumSet.noneOf(TeamDay.class);
        workingDays.addAll(team.getWorkingDays());
        require(!workingDays.isEmpty() && !workingDays.contains(TeamDay.HOLIDAY), "workingDays must name at least one day, and not HOLIDAY");
        this.digestMinute = minute("digestMinute", team.getDigestMinute(), 0, DAY - 1);
        require((team.getQuietFromMinute() == null) == (team.getQuietUntilMinute() == null), "quiet hours need both ends, or none");
        this.quiet = team.getQuietFromMinute() == null || team.getQuietUntilMinute() == null ? Optional.empty()
                : Optional.of(new Quiet(minute("quietFromMinute", team.getQuietFromMinute(), 0, DAY - 1),
                        minute("quietUntilMinute", team.getQuietUntilMinute(), 0, DAY - 1)));
        require(quiet.isEmpty() || quiet.get().from() != quiet.get().until(), "quiet hours must end at another minute than they begin");
    }

    /** For patients of whom nobody says who looks after them. */
    public static Rota nobody() {
        return NOBODY;
    }

    /** @throws IllegalArgumentException naming the field that cannot be used, never who is in it */
    public static Rota of(CareTeam team) {
        try {
            return new Rota(team, ZoneId.of(team.getTimeZone()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timeZone must be an IANA name and holidays dates such as 2026-12-25", e);
        }
    }

    private static Shift shift(TeamShift shift) {
        require(!shift.getRecipient().isBlank(), "recipient of a shift must not be empty");
        Set<TeamDay> days = EnumSet.noneOf(TeamDay.class);
        days.addAll(shift.getDays());
        return new Shift(shift.getRole(), shift.getRecipient(), days, minute("fromMinute", shift.getFromMinute(), 0, DAY - 1),
                minute("untilMinute", shift.getUntilMinute(), 1, DAY));
    }

    private static int minute(String field, int value, int least, int most) {
        require(value >= least && value <= most, field + " must be from " + least + " to " + most + ", found " + value);
        return value;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Who is told: the one on duty in this role, else in the next higher one, else in any, else {@link #UNROUTED}. */
    public String recipient(ContactRole role, long atMillis) {
        ZonedDateTime local = Instant.ofEpochMilli(atMillis).atZone(zone);
        int from = UPWARDS.indexOf(role);
        for (int i = 0; i < UPWARDS.size(); i++) {
            ContactRole asked = UPWARDS.get((from + i) % UPWARDS.size());
            Optional<Shift> onDuty = shifts.stream().filter(shift -> shift.role() == asked && isOn(shift, local)).findFirst();
            if (onDuty.isPresent()) {
                return onDuty.get().recipient();
            }
        }
        return UNROUTED;
    }

    private boolean isOn(Shift shift, ZonedDateTime local) {
        int minute = local.getHour() * 60 + local.getMinute();
        LocalDate today = local.toLocalDate();
        if (shift.from() < shift.until()) {
            return minute >= shift.from() && minute < shift.until() && begins(shift, today);
        }
        return minute >= shift.from() && begins(shift, today) || minute < shift.until() && begins(shift, today.minusDays(1));
    }

    private boolean begins(Shift shift, LocalDate date) {
        return shift.days().isEmpty() || shift.days().contains(dayOf(date));
    }

    private TeamDay dayOf(LocalDate date) {
        return holidays.contains(date) ? TeamDay.HOLIDAY : TeamDay.values()[date.getDayOfWeek().getValue() - 1];
    }

    /** The first digest on a working day after this time; where it would fall into quiet hours, their end. */
    public long nextDigest(long afterMillis) {
        LocalDate first = Instant.ofEpochMilli(afterMillis).atZone(zone).toLocalDate().minusDays(1);
        for (LocalDate date = first; date.isBefore(first.plusYears(1)); date = date.plusDays(1)) {
            long digest = digestOf(date);
            if (workingDays.contains(dayOf(date)) && digest > afterMillis) {
                return digest;
            }
        }
        return digestOf(first.plusDays(2)); // a year of holidays: told the day after, as if it were a working day
    }

    private long digestOf(LocalDate date) {
        Optional<Quiet> disturbed = quiet.filter(hours -> hours.covers(digestMinute));
        int minute = disturbed.map(Quiet::until).orElse(digestMinute);
        LocalDate day = minute < digestMinute ? date.plusDays(1) : date;
        return ZonedDateTime.of(day, LocalTime.ofSecondOfDay(minute * 60L), zone).toInstant().toEpochMilli();
    }
}

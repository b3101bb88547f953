package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Episode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BP_HOME_AVG: the average of a week of home readings by the protocol of the care plan, computed once: with the last reading that the
 * protocol asks for, or at the end of the seventh day. Sums are whole thousandths and are compared without a division.
 *
 * <p>Too few readings give no average and no alert (DQ-28). Who asked for a protocol is told so; who did not has merely measured now and then.
 *
 * @see "CLINICAL.md sections 3.0, 3.3, 3.12.15"
 */
final class HomeAverageRule {

    private HomeAverageRule() {
    }

    /** Takes a reading. Only a validated upper-arm cuff counts (CR 3.3), and of a reading that is in doubt nothing does. */
    static void onPressure(Turn turn, PressureMemory memory, Pressure now) {
        if (now.trust() != Trust.VALIDATED || !now.isAccepted() || isAtWrist(turn, now)) {
            return;
        }
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(now.effectiveMillis()), turn.plan().zone());
        long day = local.toLocalDate().toEpochDay();
        if (memory.week.filter(week -> day >= week.endDay()).isPresent()) {
            close(turn, memory, memory.weekUntil, memory.week.get().endDay() - 1);
        }
        if (memory.isFree(day)) {
            HomeWeek fresh = new HomeWeek(HomeProtocol.of(turn.plan().attributes()), day);
            memory.week = Optional.of(fresh);
            memory.weekUntil = LocalDate.ofEpochDay(fresh.endDay()).atStartOfDay(turn.plan().zone()).toInstant().toEpochMilli();
        }
        memory.week.filter(week -> week.take(now, local) && isEnough(turn, week))
                .ifPresent(week -> close(turn, memory, now.effectiveMillis(), day));
    }

    private static boolean isAtWrist(Turn turn, Pressure now) {
        return turn.plan().device(now.deviceId(), now.effectiveMillis()).kind().equals("wrist-cuff");
    }

    private static boolean isEnough(Turn turn, HomeWeek week) {
        return week.count() >= turn.rules().count(RuleId.BP_HOME_AVG, "readings");
    }

    static void onTime(Turn turn, PressureMemory memory, long dueMillis) {
        if (memory.weekUntil <= dueMillis) {
            memory.week.ifPresent(week -> close(turn, memory, memory.weekUntil, week.endDay() - 1));
        }
    }

    private static void close(Turn turn, PressureMemory memory, long atMillis, long day) {
        HomeWeek week = memory.week.orElseThrow();
        memory.closeWeek(day);
        if (isEnough(turn, week)) {
            judge(turn, week, atMillis);
        } else if (turn.plan().attributes().containsKey(HomeProtocol.ATTRIBUTE)) {
            tooFew(turn, memory, week, atMillis);
        }
    }

    private static void tooFew(Turn turn, PressureMemory memory, HomeWeek week, long atMillis) {
        RuleId rule = RuleId.REPEAT_REQUEST;
        Priority priority = turn.rules().of(rule).priority();
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        memory.askedUntil = Math.max(atMillis, turn.nowMillis()) + turn.rules().milli(rule, "validSeconds");
        String why = week.count() + " usable readings came for the blood pressure average of the week, and it takes "
                + turn.rules().count(RuleId.BP_HOME_AVG, "readings");
        Episodes.raise(turn, new Raise(rule, priority, atMillis, atMillis, 0, Texts.fill(turn.rules(), rule, Map.of("why", why)), proofs(week)));
    }

    private static void judge(Turn turn, HomeWeek week, long atMillis) {
        RuleSet rules = turn.rules();
        RuleId rule = RuleId.BP_HOME_AVG;
        HomeThreshold threshold = HomeThreshold.of(turn.plan().attributes());
        if (!reaches(week, threshold.systolicMilli(rules), threshold.diastolicMilli(rules))) {
            Episodes.release(turn, rule, atMillis, proofs(week));
            return;
        }
        boolean high = reaches(week, rules.milli(rule, "highSystolic"), rules.milli(rule, "highDiastolic"));
        Priority priority = rules.of(rule).priority().atMost(high ? Priority.MEDIUM : Priority.LOW);
        String text = text(turn, week, threshold);
        Episode episode = turn.twin().episode(Family.BP_HOME_AVG).orElse(null);
        if (episode == null || priority.isAbove(episode.priority())) {
            Episodes.raise(turn, new Raise(rule, priority, week.first().orElseThrow().effectiveMillis(), atMillis, 0, text, proofs(week)));
        } else if (episode.priority().isAbove(priority)) {
            Episodes.ease(turn, episode, rule, priority, atMillis, proofs(week));
        } else {
            Episodes.update(turn, episode, 0, atMillis, text, proofs(week));
        }
    }

    private static boolean reaches(HomeWeek week, long systolicMilli, long diastolicMilli) {
        return week.systolicSum() >= systolicMilli * week.count() || week.diastolicSum() >= diastolicMilli * week.count();
    }

    private static String text(Turn turn, HomeWeek week, HomeThreshold threshold) {
        return Texts.fill(turn.rules(), RuleId.BP_HOME_AVG, Map.of(
                "count", Integer.toString(week.count()),
                "value", mean(week.systolicSum(), week.count()) + "/" + mean(week.diastolicSum(), week.count()),
                "systolic", Texts.decimal(threshold.systolicMilli(turn.rules())),
                "diastolic", Texts.decimal(threshold.diastolicMilli(turn.rules())),
                "error", standardError(week),
                "device", week.last().orElseThrow().device()));
    }

    /** One decimal, rounded half up. */
    private static String mean(long sumMilli, int count) {
        return BigDecimal.valueOf(sumMilli, 3).divide(BigDecimal.valueOf(count), 1, RoundingMode.HALF_UP).toPlainString();
    }

    /** Of the average: the uncertainty of one reading shrinks with the root of their number (CR 3.3). */
    private static String standardError(HomeWeek week) {
        double error = week.meanSigmaMilli() / StrictMath.sqrt(week.count()) / 1000;
        return BigDecimal.valueOf(error).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }

    private static List<Proof> proofs(HomeWeek week) {
        List<Proof> proofs = new ArrayList<>(4);
        week.first().ifPresent(first -> proofs.addAll(first.proofs("first")));
        week.last().ifPresent(last -> proofs.addAll(last.proofs("last")));
        return proofs;
    }
}

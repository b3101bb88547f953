package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.core.trial.AlarmComparison;
import io.vitaltwin.twin.core.trial.AlarmEpisode;
import io.vitaltwin.twin.core.trial.StaffLoad;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trial as one line of JSON. Spans are seconds. */
final class WhatIfJson {

    private WhatIfJson() {
    }

    static Map<String, Object> of(WhatIfAnswer answer) {
        var result = answer.result();
        AlarmComparison comparison = result.comparison();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("patient", answer.patient());
        line.put("from", result.from().toString());
        line.put("until", result.until().toString());
        line.put("same", comparison.pairs().stream().filter(AlarmComparison.Pair::isSame).count());
        line.put("added", comparison.added().stream().map(WhatIfJson::episode).toList());
        line.put("removed", comparison.removed().stream().map(WhatIfJson::episode).toList());
        line.put("moved", comparison.pairs().stream().filter(AlarmComparison.Pair::isMoved).map(WhatIfJson::pair).toList());
        line.put("priorityChanged", comparison.pairs().stream().filter(AlarmComparison.Pair::hasOtherPriority).map(WhatIfJson::pair).toList());
        line.put("load", Map.of("was", load(answer.was(), answer.days()), "would", load(answer.would(), answer.days())));
        Map<String, Object> delay = new LinkedHashMap<>();
        delay.put("was", seconds(answer.delay(AlarmComparison.Pair::was)));
        delay.put("would", seconds(answer.delay(AlarmComparison.Pair::would)));
        line.put("detectionDelay", delay);
        line.put("forecast", Map.of("now", forecasts(result.now()), "then", forecasts(result.then())));
        var record = result.record();
        line.put("recorded", Map.of("same", record.same(), "onlyRecorded", record.onlyRecorded(), "onlyFolded", record.onlyFolded(), "ruleSets", record.ruleSets()));
        line.put("unknownDevices", result.unknownDevices());
        line.put("foldedFrom", result.origin().from().map(Object::toString).orElse(null));
        line.put("missing", result.origin().missing());
        line.put("foldMillis", answer.took().toMillis());
        return line;
    }

    private static Map<String, Object> episode(AlarmEpisode episode) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alertId", episode.alertId());
        json.put("rule", episode.rule());
        json.put("family", episode.family());
        json.put("lane", episode.lane());
        json.put("priority", episode.highest());
        json.put("start", episode.start().toString());
        json.put("raised", episode.raised().toString());
        json.put("ended", episode.ended().map(Object::toString).orElse(null));
        json.put("delay", episode.delay().toSeconds());
        return json;
    }

    private static Map<String, Object> pair(AlarmComparison.Pair pair) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("was", episode(pair.was()));
        json.put("would", episode(pair.would()));
        json.put("movedBy", pair.movedBy().toMillis() / 1000.0);
        return json;
    }

    private static Map<String, Object> load(StaffLoad load, double days) {
        Map<String, Object> json = new LinkedHashMap<>();
        load.alerts().forEach((priority, count) -> json.put(priority.name(), count));
        json.put("perPatientDay", load.total() / days);
        return json;
    }

    private static List<Map<String, Object>> forecasts(Optional<TwinSnapshot> snapshot) {
        return WhatIfAnswer.forecasts(snapshot).stream().map(WhatIfJson::forecast).toList();
    }

    private static Map<String, Object> forecast(TwinVital vital) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("vital", vital.getVital());
        json.put("device", vital.getDeviceId());
        json.put("points", vital.getForecast().stream().map(RecordText::json).toList());
        return json;
    }

    private static Object seconds(Optional<Duration> span) {
        return span.<Object>map(Duration::toSeconds).orElse("none");
    }
}

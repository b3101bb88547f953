package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.TwinSnapshot;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One line for people about one record. */
final class Lines {

    private Lines() {
    }

    static String of(@Nullable String key, Instant append, @Nullable SpecificRecord value) {
        String head = append + "  " + (key == null ? "-" : key) + "  ";
        return head + switch (value) {
            case null -> "removed";
            case AlertEvent alert -> of(alert);
            case ConsentViolation violation -> of(violation);
            case QualityFlag flag -> of(flag);
            case TwinSnapshot twin -> of(twin);
            case Notification notification -> of(notification);
            default -> RecordText.json(value).toString();
        };
    }

    private static String of(AlertEvent alert) {
        String tags = alert.getTags().isEmpty() ? "" : " " + alert.getTags();
        return alert.getPriority() + " " + alert.getEvent() + " " + alert.getRule() + tags + "  " + alert.getText();
    }

    private static String of(ConsentViolation violation) {
        return violation.getReason() + " " + violation.getStage() + " " + violation.getVital() + " for " + violation.getPurpose()
                + "  readings refused: " + violation.getCount();
    }

    private static String of(QualityFlag flag) {
        return flag.getVerdict() + " " + flag.getReasons() + " " + flag.getVital() + " of " + flag.getDeviceId() + " at "
                + flag.getEffectiveTime();
    }

    private static String of(TwinSnapshot twin) {
        String news2 = twin.getNews2() == null ? "none" : twin.getNews2().getComplete()
                ? String.valueOf(twin.getNews2().getKnownSum())
                : twin.getNews2().getKnownSum() + " to " + twin.getNews2().getMaxPossible();
        return "vitals " + twin.getVitals().size() + ", open alerts " + twin.getOpenAlerts().size() + ", NEWS2 " + news2;
    }

    private static String of(Notification notification) {
        String step = notification.getStep().isEmpty() ? "" : " " + notification.getStep() + " to " + notification.getRecipient();
        String channel = notification.getChannel().isEmpty() ? "" : " " + notification.getChannel();
        return notification.getStatus() + channel + step + " alert " + notification.getAlertId() + "  " + notification.getDetail();
    }
}

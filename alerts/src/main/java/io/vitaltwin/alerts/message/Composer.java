package io.vitaltwin.alerts.message;

import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorklistAlert;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes messages. A planned step that comes twice gives the same message with the same id; whether an alert still calls is for the caller to ask.
 * Safe for several threads.
 *
 * @see "twin-streams/CLINICAL.md section 6.1: every message says that this is no primary alarm"
 */
public final class Composer {

    private static final int DIGEST_ID_BYTES = 16;

    private final String baseUrl;
    private final DateTimeFormatter times;

    /**
     * @param baseUrl where the console is, such as {@code https://alerts.example.org/console}
     * @param zone of the times in a message
     * @throws IllegalArgumentException if the URL is no absolute http or https URL, or has a user, a query or a fragment
     */
    public Composer(URI baseUrl, ZoneId zone) {
        boolean web = "https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme());
        if (!web || baseUrl.getHost() == null || baseUrl.getUserInfo() != null || baseUrl.getQuery() != null || baseUrl.getFragment() != null) {
            throw new IllegalArgumentException("the base URL of links must be an http or https URL with a host, without user, query and fragment");
        }
        String text = baseUrl.toString();
        this.baseUrl = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm VV", Locale.ROOT).withZone(zone);
    }

    /**
     * The message of a planned step.
     *
     * @param alert as it stands in the worklist; empty: the recipient may not be told what it says
     * @throws IllegalArgumentException if the notification is no planned step, or the alert is another
     */
    public Message call(Notification planned, Optional<WorklistAlert> alert, Language language) {
        Priority priority = planned.getPriority();
        Instant due = planned.getDue();
        Lane lane = planned.getLane();
        if (planned.getStatus() != DeliveryStatus.PLANNED || planned.getStep().isEmpty() || priority == null || due == null || lane == null) {
            throw new IllegalArgumentException("notification " + planned.getNotificationId() + " is no planned step of an alert");
        }
        if (alert.isPresent() && !alert.get().getAlertId().equals(planned.getAlertId())) {
            throw new IllegalArgumentException("notification " + planned.getNotificationId() + " is about another alert than the one that was given");
        }
        Optional<AlertDetail> detail = alert.map(AlertDetail::of);
        About about = new About(planned.getAlertId(), planned.getPatientId(), planned.getRecipient(), planned.getStep(), due, priority, lane, detail);
        Sentences sentences = Sentences.in(language);
        Map<String, String> words = words(sentences, about);
        words.put("step", sentences.of("step." + planned.getStep(), sentences.of("step.OTHER")));
        String body = detail.isPresent() && !detail.get().text().isEmpty() ? "body.call" : "body.withheld";
        detail.ifPresent(told -> describe(words, sentences, told));
        return message(planned.getNotificationId(), Happening.CALL, language, about, words, body);
    }

    /** One alert of a digest. @param alert as it stands in the worklist; empty: the recipient may not be told what it says */
    public record Entry(Notification planned, Optional<WorklistAlert> alert) {
    }

    /**
     * One message of many planned steps of the same kind. Links to the list, and to each alert.
     *
     * @param entries at least one; the message is as urgent as the first
     */
    public Message digest(List<Entry> entries, Language language) {
        Sentences sentences = Sentences.in(language);
        Message first = call(entries.getFirst().planned(), entries.getFirst().alert(), language);
        Map<String, String> words = words(sentences, first.about());
        words.put("step", sentences.of("step." + entries.getFirst().planned().getStep(), sentences.of("step.OTHER")));
        words.put("count", Integer.toString(entries.size()));
        words.put("link", baseUrl);
        words.put("items", entries.stream().map(entry -> item(sentences, entry)).collect(Collectors.joining("\n")));
        return new Message(digestId(entries), Happening.CALL, first.urgency(), language, sentences.fill("subject.digest", words),
                sentences.fill("body.digest", words), sentences.fill("short.digest", words), sentences.of("notice"), URI.create(baseUrl), first.about());
    }

    private String item(Sentences sentences, Entry entry) {
        Map<String, String> words = new HashMap<>();
        words.put("link", link(entry.planned().getAlertId()).toString());
        Optional<AlertDetail> detail = entry.alert().map(AlertDetail::of).filter(told -> !told.text().isEmpty());
        detail.ifPresent(told -> describe(words, sentences, told));
        return sentences.fill(detail.isPresent() ? "item.digest" : "item.withheld", words);
    }

    /** Of the same steps the same, in whatever order. */
    private static String digestId(List<Entry> entries) {
        String ids = entries.stream().map(entry -> entry.planned().getNotificationId()).sorted().collect(Collectors.joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ids.getBytes(StandardCharsets.UTF_8));
            return "digest." + HexFormat.of().formatHex(hash, 0, DIGEST_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The message that somebody acknowledged an alert, or that it is over. It says nothing of the condition.
     *
     * @param planned whose step is ACKNOWLEDGED or RESOLVED; its due time is when that happened
     * @throws IllegalArgumentException if the notification is nothing of the kind
     */
    public Message change(Notification planned, Language language) {
        Priority priority = planned.getPriority();
        Instant at = planned.getDue();
        Lane lane = planned.getLane();
        Optional<Happening> happening = Happening.ofChange(planned.getStep());
        if (planned.getStatus() != DeliveryStatus.PLANNED || happening.isEmpty() || priority == null || at == null || lane == null) {
            throw new IllegalArgumentException("notification " + planned.getNotificationId() + " is no planned change of an alert");
        }
        About about = new About(planned.getAlertId(), planned.getPatientId(), "", "", at, priority, lane, Optional.empty());
        Sentences sentences = Sentences.in(language);
        Map<String, String> words = words(sentences, about);
        words.put("step", sentences.of("happening." + happening.get()));
        return message(planned.getNotificationId(), happening.get(), language, about, words, "body.change");
    }

    private Map<String, String> words(Sentences sentences, About about) {
        Map<String, String> words = new HashMap<>();
        words.put("priority", sentences.of("priority." + about.priority()));
        words.put("lane", sentences.of("lane." + about.lane()));
        words.put("at", times.format(about.at()));
        words.put("link", link(about.alertId()).toString());
        words.put("notice", sentences.of("notice"));
        return words;
    }

    private void describe(Map<String, String> words, Sentences sentences, AlertDetail detail) {
        words.put("text", detail.text());
        words.put("since", times.format(detail.since()));
        words.put("certainty", certainty(sentences, detail.tags()));
        words.put("state", sentences.of("state." + detail.state()));
        words.put("rule", detail.rule());
    }

    /** What is known against the alert, or for it. A tag that this version has no words for is shown as it is. */
    private static String certainty(Sentences sentences, List<String> tags) {
        if (tags.isEmpty()) {
            return sentences.of("certainty.nothing");
        }
        return tags.stream().map(tag -> sentences.of("tag." + tag, tag)).collect(Collectors.joining("; "));
    }

    private Message message(String id, Happening happening, Language language, About about, Map<String, String> words, String body) {
        Sentences sentences = Sentences.in(language);
        return new Message(id, happening, Urgency.of(about.priority()), language, sentences.fill("subject", words), sentences.fill(body, words),
                sentences.fill("short", words), sentences.of("notice"), link(about.alertId()), about);
    }

    private URI link(String alertId) {
        return URI.create(baseUrl + "/alerts/" + URLEncoder.encode(alertId, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}

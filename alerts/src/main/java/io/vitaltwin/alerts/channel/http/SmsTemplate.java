package io.vitaltwin.alerts.channel.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent to a gateway, with places for <code>{to}</code>, <code>{text}</code> and <code>{id}</code>. What comes into a place is escaped as the kind of
 * text asks for, so that no word can leave its place.
 */
final class SmsTemplate {

    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)}");

    private final String template;
    private final UnaryOperator<String> escape;

    private SmsTemplate(String template, UnaryOperator<String> escape) {
        this.template = template;
        this.escape = escape;
    }

    /**
     * @param type content type, parameters such as a charset allowed
     * @throws IllegalArgumentException if words of this type cannot be escaped, a place is not known, or the template is not of its type
     */
    static SmsTemplate ofBody(String template, String type) {
        String base = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        UnaryOperator<String> escape = switch (base) {
            case "application/json" -> Json::escaped;
            case "application/x-www-form-urlencoded" -> SmsTemplate::encoded;
            case "text/plain" -> UnaryOperator.identity();
            default -> throw new IllegalArgumentException("must be application/json, application/x-www-form-urlencoded or text/plain, found " + base);
        };
        SmsTemplate body = checked(new SmsTemplate(template, escape));
        if (base.equals("application/json") && !Json.isJson(body.fill("+31600000000", "\"\\", "x"))) {
            throw new IllegalArgumentException("is not JSON once its places are filled: a place must stand between quotes");
        }
        return body;
    }

    /** @throws IllegalArgumentException if a place is not known */
    static SmsTemplate ofUrl(String template) {
        return checked(new SmsTemplate(template, word -> encoded(word).replace("+", "%20")));
    }

    private static SmsTemplate checked(SmsTemplate template) {
        template.fill("", "", "");
        return template;
    }

    boolean names(String place) {
        return template.contains("{" + place + "}");
    }

    String fill(String to, String text, String id) {
        Map<String, String> words = Map.of("to", to, "text", text, "id", id);
        Matcher matcher = PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String word = words.get(matcher.group(1));
            if (word == null) {
                throw new IllegalArgumentException("has an unknown place " + matcher.group() + "; known are {to}, {text} and {id}");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(escape.apply(word)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }
}

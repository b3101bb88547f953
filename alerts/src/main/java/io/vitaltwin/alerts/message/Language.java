package io.vitaltwin.alerts.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that messages are written in. */
public enum Language {
    EN,
    NL,
    DE;

    /** BCP 47 tag, such as {@code nl}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param tag such as {@code nl} or {@code nl-BE}; @return empty for a language that has no sentences here */
    public static Optional<Language> of(String tag) {
        String primary = Locale.forLanguageTag(tag).getLanguage();
        return Arrays.stream(values()).filter(language -> language.tag().equals(primary)).findFirst();
    }
}

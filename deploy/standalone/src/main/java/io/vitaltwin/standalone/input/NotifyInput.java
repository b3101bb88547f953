package io.vitaltwin.standalone.input;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.alerts.delivery.Contact;
import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.message.Composer;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Channels and contacts from a YAML or JSON file:
 *
 * <pre>{@code
 * link: https://alerts.example.org/console      # where an alert is shown; messages link to it
 * timezone: Europe/Amsterdam                    # of times in messages
 * channels:
 *   email: {host: smtp.example.org, from: alerts@example.org, password.file: /run/secrets/smtp}
 * contacts:
 *   - {name: nurse-1, ways: [{channel: email, to: nurse-1@example.org, language: nl, priority: low, lanes: [physiological]}]}
 *   - {name: desk, members: [nurse-1]}
 * }</pre>
 *
 * @param channels made, connected to nobody; to be closed by whoever takes them
 */
public record NotifyInput(Composer composer, Contacts contacts, List<Channel> channels) {

    /**
     * Reads a file and makes the channels that it names.
     *
     * @throws InputException if the file cannot be read or understood, or a channel cannot be made of its settings; never with a secret or an address
     */
    public static NotifyInput read(Path file, Channels installed) {
        Fields fields = InputFile.compose(file.toString(), InputFile.text(file)).fields();
        Composer composer = composer(fields.need("link"), fields.take("timezone", "timeZone").map(Item::zone).orElse("UTC"));
        Item channelsAt = fields.need("channels");
        Contacts contacts = contacts(fields.need("contacts"), channelsAt.entries().keySet());
        fields.end();
        return new NotifyInput(composer, contacts, channels(channelsAt, installed));
    }

    private static Composer composer(Item link, String zone) {
        try {
            return new Composer(URI.create(link.text()), ZoneId.of(zone));
        } catch (IllegalArgumentException e) {
            throw link.problem(String.valueOf(e.getMessage()));
        }
    }

    private static List<Channel> channels(Item item, Channels installed) {
        List<Channel> made = new ArrayList<>();
        try {
            item.entries().forEach((name, settings) -> made.add(channel(name, settings, installed)));
            return made;
        } catch (InputException e) {
            made.forEach(Channel::close);
            throw e;
        }
    }

    private static Channel channel(String name, Item settings, Channels installed) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!settings.isNull()) {
            settings.entries().forEach((key, value) -> texts.put(key, value.text()));
        }
        try {
            return installed.create(name, texts);
        } catch (ChannelSettingException e) {
            throw settings.problem(String.valueOf(e.getMessage()));
        }
    }

    private static Contacts contacts(Item item, Set<String> channels) {
        Map<String, Contacts.Entry> entries = new LinkedHashMap<>();
        for (Item one : item.items()) {
            Fields fields = one.fields();
            Item name = fields.need("name");
            List<String> members = fields.take("members").map(list -> list.items().stream().map(Item::text).toList()).orElse(List.of());
            List<Contact> ways = fields.take("ways").map(list -> list.items().stream().map(way -> way(way, channels)).toList()).orElse(List.of());
            fields.end();
            if (members.isEmpty() && ways.isEmpty()) {
                throw one.problem("'ways' or 'members' is missing: nobody could be reached");
            }
            if (entries.put(name.text(), new Contacts.Entry(members, ways)) != null) {
                throw name.problem("'" + name.text() + "' is there twice");
            }
        }
        try {
            return new Contacts(entries);
        } catch (IllegalArgumentException e) {
            throw item.problem(String.valueOf(e.getMessage()));
        }
    }

    private static Contact way(Item item, Set<String> channels) {
        Fields fields = item.fields();
        String channel = fields.need("channel").oneOf(List.copyOf(channels));
        String to = fields.take("to").map(Item::text).orElse("");
        Language language = fields.take("language").map(NotifyInput::language).orElse(Language.EN);
        Priority lowest = fields.take("priority").map(priority -> priority.symbol(Priority.class)).orElse(Priority.LOW);
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        fields.ifThere("lanes", list -> list.items().forEach(lane -> lanes.add(lane.symbol(Lane.class))));
        fields.end();
        return new Contact(channel, to, language, lowest, lanes);
    }

    private static Language language(Item item) {
        return Language.of(item.text()).orElseThrow(() -> item.problem("'" + item.text() + "' is no language of messages; one of en, nl, de"));
    }
}

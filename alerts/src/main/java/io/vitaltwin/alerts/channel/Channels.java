package io.vitaltwin.alerts.channel;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of channels that are there. */
public final class Channels {

    private final Map<String, ChannelFactory> factories;

    private Channels(Map<String, ChannelFactory> factories) {
        this.factories = factories;
    }

    /** All that the class path holds. @throws IllegalStateException if two have the same name */
    public static Channels installed() {
        Map<String, ChannelFactory> factories = new TreeMap<>();
        for (ChannelFactory factory : ServiceLoader.load(ChannelFactory.class, Channels.class.getClassLoader())) {
            if (factories.put(factory.name(), factory) != null) {
                throw new IllegalStateException("two kinds of channels are named " + factory.name());
            }
        }
        return new Channels(factories);
    }

    /** Names, sorted. */
    public List<String> names() {
        return List.copyOf(factories.keySet());
    }

    /**
     * Makes a channel.
     *
     * @param settings by name, without the name of the channel
     * @throws ChannelSettingException if there is no such channel, or a setting is missing, wrong or unknown
     */
    public Channel create(String name, Map<String, String> settings) {
        return create(name, new ChannelSettings(name, settings, System::getenv));
    }

    Channel create(String name, ChannelSettings settings) {
        ChannelFactory factory = factories.get(name);
        if (factory == null) {
            throw new ChannelSettingException(name, "name", "there is no such channel; there are " + String.join(", ", factories.keySet()));
        }
        Channel channel = factory.create(settings);
        try {
            settings.refuseTheRest();
        } catch (ChannelSettingException e) {
            channel.close();
            throw e;
        }
        return channel;
    }
}

package io.vitaltwin.alerts.channel;

/** Makes the channels of one kind. Implementations are public, have a constructor without parameters, and are named in META-INF/services. */
public interface ChannelFactory {

    /** Such as {@code email}. */
    String name();

    /**
     * Makes a channel; connects to nobody.
     *
     * @param settings the factory asks for each setting that it knows; one that nobody asked for is refused afterwards
     * @throws ChannelSettingException if a setting is missing or wrong
     */
    Channel create(ChannelSettings settings);
}

package io.vitaltwin.alerts.channel;

/** A setting is missing, unknown or wrong. The message names the channel, the setting and the rule; never a secret. */
public final class ChannelSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ChannelSettingException(String channel, String key, String rule) {
        super("channel " + channel + ", setting " + key + ": " + rule);
    }
}

package io.vitaltwin.alerts.web;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the console is served.
 *
 * @param host address to listen at
 * @param port 0: a free one
 * @param allowedHosts names that browsers may call the server by, beside {@code host} and the names of this machine itself
 * @param trustForwardedProto whether a proxy in front says by {@code X-Forwarded-Proto} that it was called by HTTPS
 * @param accounts file of local accounts
 * @param oidc a provider that signs people in; empty: local accounts only
 */
public record ServerSettings(
        String host, int port, Set<String> allowedHosts, boolean trustForwardedProto, Path accounts, Optional<OidcSettings> oidc) {

    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8085;

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--console-port must be 0 to 65535, found " + port);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("--console-host must be an address");
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** On this machine only, without a provider. */
    public static ServerSettings local(int port, Path accounts) {
        return new ServerSettings(DEFAULT_HOST, port, Set.of(), false, accounts, Optional.empty());
    }

    /** Whether a browser may call the server so: else a page of somebody else could make its own name point here. @param name without port, lower case */
    boolean isAllowed(String name) {
        return name.equals(host) || allowedHosts.contains(name) || name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
    }
}

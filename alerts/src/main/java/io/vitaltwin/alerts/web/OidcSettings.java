package io.vitaltwin.alerts.web;

import java.net.URI;
import java.util.Map;

/**
 * A provider of OpenID Connect.
 *
 * @param issuer where its discovery document is, below {@code /.well-known/openid-configuration}
 * @param clientSecret empty: a public client; PKCE is used in any case
 * @param redirect as it is registered with the provider; ends with {@code /v1/session/oidc/callback}
 * @param roleClaim claim with the role or groups
 * @param roles value of that claim, role here; who has none of them may not sign in
 * @param teamsClaim claim with the names of care teams
 * @param patientClaim claim with the pseudonym of a PATIENT
 */
public record OidcSettings(
        URI issuer, String clientId, String clientSecret, URI redirect, String roleClaim, Map<String, String> roles, String teamsClaim,
        String patientClaim) {

    public OidcSettings {
        roles = Map.copyOf(roles);
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("console.oidc.client-id is missing");
        }
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuer + "]";
    }
}

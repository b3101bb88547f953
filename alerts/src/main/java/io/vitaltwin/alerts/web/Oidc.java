package io.vitaltwin.alerts.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Sign-in by a provider of OpenID Connect: authorization code with PKCE, state and nonce. The protocol and all checks of the token are the library's. Safe for
 * several threads.
 */
final class Oidc {

    private static final int TIMEOUT_MILLIS = 5_000;
    /** Project defaults, no source. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 1_000;

    private final OidcSettings settings;
    private final InstantSource clock;
    private final Map<String, Begun> begun = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Begun> eldest) {
            return size() > AT_ONCE;
        }
    };

    private record Begun(CodeVerifier verifier, Nonce nonce, Instant until) {
    }

    /** @param state what the browser must bring back, beside what the provider sends */
    record Start(URI where, String state) {
    }

    Oidc(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws IOException if the provider does not answer as it must */
    Start begin() throws IOException {
        State state = new State(32);
        Nonce nonce = new Nonce(32);
        CodeVerifier verifier = new CodeVerifier();
        URI where = new AuthenticationRequest.Builder(new ResponseType(ResponseType.Value.CODE), new Scope("openid", "profile"),
                new ClientID(settings.clientId()), settings.redirect()).endpointURI(provider().getAuthorizationEndpointURI()).state(state).nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256).build().toURI();
        synchronized (begun) {
            begun.put(state.getValue(), new Begun(verifier, nonce, clock.instant().plus(PATIENCE)));
        }
        return new Start(where, state.getValue());
    }

    /**
     * Who comes back from the provider. A state is taken once.
     *
     * @param callback the whole address that the browser was sent to
     * @param state what the browser brought
     * @return empty: the provider says no, or nothing of this kind was begun
     * @throws IOException if the provider does not answer, or what it says cannot be trusted
     */
    Optional<Visitor> finish(URI callback, String state) throws IOException {
        Begun its;
        synchronized (begun) {
            its = begun.remove(state);
        }
        if (its == null || !its.until().isAfter(clock.instant())) {
            return Optional.empty();
        }
        try {
            AuthenticationResponse answer = AuthenticationResponseParser.parse(callback);
            if (!answer.indicatesSuccess() || answer.getState() == null || !answer.getState().getValue().equals(state)) {
                return Optional.empty();
            }
            return visitor(claims(answer.toSuccessResponse().getAuthorizationCode(), its));
        } catch (GeneralException | GeneralSecurityException | ParseException | JOSEException | BadJOSEException e) {
            throw new IOException("what the provider says cannot be trusted: " + e.getClass().getSimpleName(), e);
        }
    }

    private JWTClaimsSet claims(AuthorizationCode code, Begun its)
            throws GeneralException, IOException, ParseException, GeneralSecurityException, JOSEException, BadJOSEException {
        OIDCProviderMetadata provider = provider();
        ClientID client = new ClientID(settings.clientId());
        var grant = new AuthorizationCodeGrant(code, settings.redirect(), its.verifier());
        TokenRequest request = settings.clientSecret().isEmpty() ? new TokenRequest.Builder(provider.getTokenEndpointURI(), client, grant).build()
                : new TokenRequest.Builder(provider.getTokenEndpointURI(), new ClientSecretBasic(client, new Secret(settings.clientSecret())), grant).build();
        HTTPRequest http = request.toHTTPRequest();
        http.setConnectTimeout(TIMEOUT_MILLIS);
        http.setReadTimeout(TIMEOUT_MILLIS);
        var response = OIDCTokenResponseParser.parse(http.send());
        if (!response.indicatesSuccess()) {
            throw new GeneralException("the provider gives no token");
        }
        OIDCTokenResponse tokens = (OIDCTokenResponse) response.toSuccessResponse();
        var validator = new IDTokenValidator(provider.getIssuer(), client, JWSAlgorithm.RS256, provider.getJWKSetURI().toURL());
        return validator.validate(tokens.getOIDCTokens().getIDToken(), its.nonce()).toJWTClaimsSet();
    }

    private Optional<Visitor> visitor(JWTClaimsSet claims) {
        Optional<Role> role = texts(claims, settings.roleClaim()).stream().map(settings.roles()::get).filter(Objects::nonNull).map(Role::valueOf)
                .sorted().findFirst();
        String user = claims.getClaim("preferred_username") instanceof String name ? name : claims.getSubject();
        return role.map(it -> new Visitor(user, it, it.cares() ? Set.copyOf(texts(claims, settings.teamsClaim())) : Set.of(),
                it == Role.PATIENT ? String.join("", texts(claims, settings.patientClaim())) : ""));
    }

    private static List<String> texts(JWTClaimsSet claims, String name) {
        return switch (claims.getClaim(name)) {
            case String one -> List.of(one);
            case List<?> several -> several.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private OIDCProviderMetadata provider() throws IOException {
        try {
            return OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), TIMEOUT_MILLIS, TIMEOUT_MILLIS);
        } catch (GeneralException e) {
            throw new IOException("the provider's discovery document cannot be used: " + e.getClass().getSimpleName(), e);
        }
    }
}

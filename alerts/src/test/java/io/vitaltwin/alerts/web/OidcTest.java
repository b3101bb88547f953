package io.vitaltwin.alerts.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Sign-in by a provider on this machine that checks PKCE as a real one does. */
class OidcTest {

    private static final String CODE = "code-1";
    private HttpServer provider;
    private WebBench bench;
    private RSAKey key;
    /** What the provider puts into the token; a test may change it. */
    private List<String> groups = List.of("staff", "ward-nurses");
    private String audience = "vitaltwin";
    private Map<String, String> asked = Map.of();

    @BeforeEach
    void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String issuer = issuer();
        provider.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\""
                + issuer + "/authorize\",\"token_endpoint\":\"" + issuer + "/token\",\"jwks_uri\":\"" + issuer
                + "/keys\",\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}"));
        provider.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        provider.createContext("/token", this::token);
        provider.start();
        bench = new WebBench(Optional.of(new OidcSettings(URI.create(issuer), "vitaltwin", "s3cret", URI.create("http://127.0.0.1/v1/session/oidc/callback"),
                "groups", Map.of("ward-nurses", "NURSE", "it", "OPS"), "teams", "patient")), true, WebBench.NO_ACCOUNTS);
    }

    @AfterEach
    void stop() {
        bench.close();
        provider.stop(0);
    }

    private String issuer() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String text) {
        return Arrays.stream(text.split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(given.get("code_verifier").getBytes(StandardCharsets.US_ASCII)));
            if (!given.get("code").equals(CODE) || !challenge.equals(asked.get("code_challenge"))) {
                exchange.sendResponseHeaders(400, -1);
                exchange.close();
                return;
            }
            answer(exchange, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}");
        } catch (JOSEException | NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private String idToken() throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), new JWTClaimsSet.Builder().issuer(issuer())
                .subject("s-1").audience(audience).issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(60))).claim("nonce", asked.get("nonce"))
                .claim("preferred_username", "anna").claim("groups", groups).claim("teams", List.of("t1")).build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** To the provider, and back as it would send the browser. */
    private HttpResponse<String> signIn(String state) {
        HttpResponse<String> begin = bench.get("/v1/session/oidc");
        assertThat(begin.statusCode()).isEqualTo(302);
        URI there = URI.create(begin.headers().firstValue("Location").orElseThrow());
        asked = parameters(there.getRawQuery());
        assertThat(asked).containsEntry("response_type", "code").containsEntry("code_challenge_method", "S256").containsKeys("nonce", "state");
        String cookie = begin.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
        return bench.send(HttpRequest.newBuilder(bench.uri("/v1/session/oidc/callback?code=" + CODE + "&state=" + (state.isEmpty() ? asked.get("state") : state)))
                .header("Cookie", cookie.replaceFirst(";.*", "")));
    }

    private static Optional<String> session(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith(Guard.COOKIE)).map(cookie -> cookie.replaceFirst(";.*", ""))
                .findFirst();
    }

    @Test
    void shouldSignInWithTheRoleAndTheTeamsOfTheClaims() {
        HttpResponse<String> back = signIn("");
        assertThat(back.statusCode()).isEqualTo(302);
        String cookie = session(back).orElseThrow();
        HttpResponse<String> session = bench.send(HttpRequest.newBuilder(bench.uri("/v1/session")).header("Cookie", cookie));
        assertThat(session.body()).contains("\"user\":\"anna\"", "\"role\":\"NURSE\"", "\"teams\":[\"t1\"]");
        assertThat(bench.get("/v1/session/methods").body()).contains("\"oidc\":true");
    }

    @Test
    void shouldRefuseWhoHasNoRoleHere() {
        groups = List.of("staff");
        assertThat(signIn("").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseATokenForSomebodyElse() {
        audience = "another-client";
        HttpResponse<String> back = signIn("");
        assertThat(back.statusCode()).isEqualTo(503);
        assertThat(session(back)).isEmpty();
    }

    @Test
    void shouldRefuseAStateOfAnotherBrowser() {
        assertThat(signIn("something-else").statusCode()).isEqualTo(401);
        assertThat(bench.get("/v1/session/oidc/callback?code=" + CODE + "&state=x").statusCode()).isEqualTo(401);
    }
}

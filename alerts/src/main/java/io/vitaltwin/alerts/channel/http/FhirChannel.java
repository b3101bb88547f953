package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.message.Message;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Communication on a FHIR R4 server, made by conditional create: a repeat finds the first and makes no second. */
final class FhirChannel implements Channel {

    static final String NAME = "fhir";

    private static final String TYPE = "application/fhir+json";
    private static final Pattern LOCATION = Pattern.compile("(?:^|/)(Communication/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$");
    /** What a search parameter reads as its own. */
    private static final Pattern SPECIAL = Pattern.compile("([\\\\$,|])");

    private final URI communications;
    private final Optional<Secret> authorization;
    private final CommunicationJson writer;
    private final HttpSend http;
    private final InstantSource clock;

    FhirChannel(URI base, Optional<Secret> authorization, CommunicationJson writer, HttpSend http, InstantSource clock) {
        String text = base.toString();
        this.communications = URI.create(text + (text.endsWith("/") ? "" : "/") + "Communication");
        this.authorization = authorization;
        this.writer = writer;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Delivery send(Message message, Address to) {
        String token = CommunicationJson.NOTIFICATION + "|" + SPECIAL.matcher(message.id()).replaceAll("\\\\$1");
        HttpRequest.Builder request = HttpRequest.newBuilder(communications).header("content-type", TYPE).header("accept", TYPE)
                .header("prefer", "return=minimal").header("if-none-exist", "identifier=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        authorization.ifPresent(secret -> request.header("authorization", secret.reveal()));
        request.POST(BodyPublishers.ofString(Json.text(writer.of(message, clock.instant()))));
        return http.send(request.build(), answer -> answer.location().map(FhirChannel::reference).orElse(""));
    }

    private static String reference(String location) {
        Matcher matcher = LOCATION.matcher(location);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        http.close();
    }
}

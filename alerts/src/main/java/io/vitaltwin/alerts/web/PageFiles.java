package io.vitaltwin.alerts.web;

import io.javalin.http.Context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the page, from the class path below {@code console/}. A browser asks each time whether its copy is still good. */
final class PageFiles {

    private static final String ROOT = "/console/";
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"), Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"), Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"), Map.entry("md", "text/plain; charset=utf-8"), Map.entry("yaml", "application/yaml; charset=utf-8"));

    private final Map<String, Optional<Loaded>> files = new ConcurrentHashMap<>();

    private record Loaded(byte[] bytes, String etag) {
    }

    /** A path of the page's own, such as a patient's, is answered with the page. @throws Problem 404 */
    void serve(Context request) {
        String path = request.path().substring(1);
        boolean ofPage = !path.contains(".") && !path.startsWith("v1/") && !path.startsWith("health/");
        serve(request, ofPage ? "index.html" : path);
    }

    /** @param name below the folder of the page */
    void serve(Context request, String name) {
        answer(request, ROOT + name, NAME.matcher(name).matches() ? find(ROOT + name) : Optional.empty());
    }

    /** @param name of a file on the class path that is no part of the page */
    void serveDocument(Context request, String name) {
        answer(request, name, find(name));
    }

    private static void answer(Context request, String name, Optional<Loaded> found) {
        Loaded file = found.orElseThrow(Problem::notFound);
        request.header("ETag", file.etag());
        request.header("Cache-Control", "no-cache");
        if (file.etag().equals(request.header("If-None-Match"))) {
            request.status(304);
            return;
        }
        request.contentType(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream")).result(file.bytes());
    }

    /** Only names that are there are kept, so nobody can fill the memory by asking. */
    private Optional<Loaded> find(String name) {
        Optional<Loaded> known = files.getOrDefault(name, Optional.empty());
        if (known.isEmpty()) {
            known = load(name);
            known.ifPresent(file -> files.put(name, Optional.of(file)));
        }
        return known;
    }

    private static Optional<Loaded> load(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            return Optional.of(new Loaded(bytes, "\"" + Passwords.sha256(new String(bytes, StandardCharsets.ISO_8859_1)).substring(0, 32) + "\""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

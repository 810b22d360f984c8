package pulseboard.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page and {@code openapi.yaml}, read from the jar once, so that serving them needs no open file, no other thread and no
 * memory for each request, and a file in the current folder is never taken for one of them.
 */
final class PageFiles {

    private static final String PAGE = "/pulseboard/page";

    private final Map<String, PageFile> files = new LinkedHashMap<>();
    private final PageFile api;

    private PageFiles() {
        for (String file : new String(bytes(PAGE + ".list"), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!file.isBlank()) {
                files.put("/" + file, read(PAGE + "/", file));
            }
        }
        files.put("/", document("index.html"));
        api = read("/", "openapi.yaml");
    }

    /** The one copy of this process. */
    static PageFiles shared() {
        return Shared.FILES;
    }

    private static PageFile read(String folder, String file) {
        return new PageFile(
                file, bytes(folder + file), optional(folder + file + ".gz"), optional(folder + file + ".br"));
    }

    private static byte[] bytes(String resource) {
        byte[] bytes = optional(resource);
        if (bytes == null) {
            throw new IllegalStateException("this build lacks " + resource);
        }
        return bytes;
    }

    private static byte @Nullable [] optional(String resource) {
        try (InputStream stream = PageFiles.class.getResourceAsStream(resource)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document of the page by its name, such as {@code widget.html}. */
    PageFile document(String name) {
        PageFile file = files.get("/" + name);
        if (file == null) {
            throw new IllegalStateException("the page has no " + name);
        }
        return file;
    }

    /** The description of the API. */
    PageFile api() {
        return api;
    }

    /** Adds the route of the page, after all others. */
    void mount(Router router) {
        router.routeWithRegex("/(?!api/).*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        PageFile file = files.get(context.normalizedPath());
        if (file == null) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, PageFile.ASKED_EACH_TIME);
            context.next();
        } else {
            file.send(context);
        }
    }

    private static final class Shared {
        static final PageFiles FILES = new PageFiles();
    }
}

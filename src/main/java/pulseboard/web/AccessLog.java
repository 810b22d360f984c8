package pulseboard.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.LoggerFormat;
import io.vertx.ext.web.handler.LoggerHandler;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.OidcConfig;

/**
 * One line for each request that was answered, in the combined log format and with the duration in milliseconds at the end.
 * The client is the one in front of trusted proxies. See <a
 * href="https://httpd.apache.org/docs/current/logs.html#combined">the format</a>.
 */
final class AccessLog {

    /** The one that it writes to. */
    private static final Logger LOG = LoggerFactory.getLogger(LoggerHandler.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Proxies proxies;

    AccessLog(Proxies proxies) {
        this.proxies = proxies;
    }

    Handler<RoutingContext> handler() {
        LoggerHandler handler = LoggerHandler.create(false, LoggerFormat.CUSTOM).customFormatter(this::line);
        return context -> {
            if (LOG.isInfoEnabled()) { // It makes its lines also where nobody wants them.
                handler.handle(context);
            } else {
                context.next();
            }
        };
    }

    private String line(RoutingContext context, long milliseconds) {
        HttpServerRequest request = context.request();
        return proxies.client(request) + " - - [" + TIME.format(Instant.now()) + "] \""
                + quoted(request.method().name()) + " "
                + quoted(shown(request.uri())) + " "
                + request.version().name().replace("HTTP_", "HTTP/").replace('_', '.') + "\" "
                + context.response().getStatusCode() + " " + context.response().bytesWritten() + " \""
                + quoted(request.getHeader(HttpHeaders.REFERER)) + "\" \""
                + quoted(request.getHeader(HttpHeaders.USER_AGENT)) + "\" " + milliseconds;
    }

    /** A provider sends browsers back with what they sign in with. */
    private static String shown(String uri) {
        return uri.startsWith("/" + OidcConfig.START) ? uri.replaceFirst("\\?.*", "?…") : uri;
    }

    /** What a client sent must not be able to end its field or its line, nor to write to the terminal of whoever reads it. */
    static String quoted(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        StringBuilder quoted = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (isPlain(each)) {
                quoted.append(each);
            } else {
                quoted.append(String.format(Locale.ROOT, each < 0x100 ? "\\x%02x" : "\\u%04x", (int) each));
            }
        }
        return quoted.toString();
    }

    private static boolean isPlain(char each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

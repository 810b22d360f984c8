package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Posts each message as JSON, signed when there is a secret. */
final class Webhook implements Channel {

    static final Set<String> KEYS = Set.of(
            "url",
            "urlFile",
            "urlEnv",
            "secretFile",
            "secretEnv",
            "tokenFile",
            "tokenEnv",
            "headers",
            "body",
            "allow",
            "caFile");

    /** Those that belong to the connection, or that are set here. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "content-type",
            "idempotency-key",
            "x-pulseboard-signature",
            "upgrade",
            "te",
            "trailer",
            "expect");

    private final Vertx vertx;
    private final ChannelContext context;
    private final WebAddress address;
    private final Secret secret;
    private final Secret token;
    private final Map<String, String> headers;
    private final @Nullable Template template;
    private final Http http;

    Webhook(Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        address = WebAddress.of(settings, "url");
        secret = settings.secret("secret");
        token = settings.secret("token");
        headers = headers(settings);
        template = template(settings);
        http = new Http(vertx, context, settings.allowed("allow"), settings.text("caFile", ""));
    }

    private static @Nullable Template template(ChannelSettings settings) {
        JsonObject body = settings.object("body");
        try {
            return body == null ? null : new Template(body, Values.messageNames());
        } catch (IllegalArgumentException e) {
            throw settings.mistake("body", String.valueOf(e.getMessage()));
        }
    }

    /** Checked here, because what is wrong in one would be told only when something fires. */
    private static Map<String, String> headers(ChannelSettings settings) {
        Map<String, String> headers = settings.texts("headers", "X-Team: ops");
        headers.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw settings.mistake(
                        "headers",
                        "cannot have " + Texts.cut(name, 60)
                                + ", which is no name of a header or is set by Pulseboard");
            }
            if (name.equalsIgnoreCase("authorization")) {
                throw settings.mistake("headers", "must hold no secrets: name the file of a token as tokenFile");
            }
            if (!value.matches("[\\x20-\\x7e]*")) {
                throw settings.mistake("headers." + name, "must be plain ASCII");
            }
        });
        return headers;
    }

    @Override
    public Future<String> send(Message message) {
        return Future.all(address.read(vertx, context), secret.read(vertx, context), token.read(vertx, context))
                .compose(read -> http.deliver(request(message, read.resultAt(0), read.list())));
    }

    /** @param secrets address, secret and token, as they were read */
    private Http.Request request(Message message, URI url, List<Object> secrets) {
        String body = body(message);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("Idempotency-Key", Texts.headerValue(message.id()));
        String key = secrets.get(1).toString();
        if (!key.isEmpty()) {
            long seconds =
                    TimeUnit.MILLISECONDS.toSeconds(context.milliseconds().getAsLong());
            all.put("X-Pulseboard-Signature", signature(key, seconds, body));
        }
        String bearer = secrets.get(2).toString();
        if (!bearer.isEmpty()) {
            all.put("Authorization", "Bearer " + bearer);
        }
        List<String> hidden = Stream.concat(address.secrets(url).stream(), Stream.of(key, bearer))
                .toList();
        return new Http.Request(HttpMethod.POST, url, all, Buffer.buffer(body), hidden);
    }

    private String body(Message message) {
        if (template != null) {
            return template.fill(Values.of(message)) instanceof JsonObject filled ? filled.encode() : "{}";
        }
        return new JsonObject().put("version", 1).mergeIn(message.toJson()).encode();
    }

    /** What a receiver computes as well, and compares. */
    static String signature(String secret, long unixSeconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] sum = mac.doFinal((unixSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + unixSeconds + ",v1=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

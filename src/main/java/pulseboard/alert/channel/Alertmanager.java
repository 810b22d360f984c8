package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells an Alertmanager each minute what fires, by its API v2, as Prometheus does: each alert ends by itself in five minutes unless
 * it is told again, and at once when it fires no more.
 */
final class Alertmanager implements Minutely {

    static final Set<String> KEYS =
            Set.of("url", "labels", "user", "passwordFile", "passwordEnv", "tokenFile", "tokenEnv", "allow", "caFile");

    private static final long ENDS_AFTER_MILLISECONDS = TimeUnit.MINUTES.toMillis(5);

    private final Vertx vertx;
    private final ChannelContext context;
    private final URI address;
    private final Map<String, String> labels;
    private final String user;
    private final Secret secret;
    private final Http http;

    /** What was told, and its end was not, by its labels. */
    private final Map<JsonObject, JsonObject> told = new LinkedHashMap<>();

    Alertmanager(Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        settings.required("url", "http://alertmanager.example.net:9093");
        address = URI.create(settings.address("url", "").replaceFirst("/$", "") + "/api/v2/alerts");
        labels = settings.texts("labels", "team: ops");
        labels.keySet().forEach(name -> {
            if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                throw settings.mistake(
                        "labels", "must have names of letters, digits and _, not " + Texts.cut(name, 60));
            }
        });
        user = settings.text("user", "");
        if (!user.isEmpty() && settings.has("tokenFile")) {
            throw settings.mistake("tokenFile", "is one way to sign in and user another; leave one of them out");
        }
        secret = user.isEmpty() ? settings.secret("token") : settings.requiredSecret("password");
        http = new Http(vertx, context, settings.allowed("allow"), settings.text("caFile", ""));
    }

    @Override
    public Future<String> tick(Firing firing) {
        JsonArray alerts = new JsonArray();
        Map<JsonObject, JsonObject> now = new LinkedHashMap<>();
        for (Message.Item item : firing.items()) {
            JsonObject alert = alert(firing.host(), item, firing.link(), firing.at() + ENDS_AFTER_MILLISECONDS);
            now.put(alert.getJsonObject("labels"), alert);
        }
        told.forEach((identity, alert) -> {
            if (!now.containsKey(identity)) {
                alerts.add(alert.copy().put("endsAt", time(firing.at())));
            }
        });
        now.values().forEach(alerts::add);
        told.putAll(now);
        return post(alerts).onSuccess(answer -> told.keySet().retainAll(now.keySet()));
    }

    /** At once, for who does not want to wait for the minute. */
    @Override
    public Future<String> send(Message message) {
        JsonArray alerts = new JsonArray();
        for (Message.Item item : Values.items(message)) {
            long ends = item.endedAt() > 0 ? item.endedAt() : message.at() + ENDS_AFTER_MILLISECONDS;
            alerts.add(alert(message.host(), item, message.link(), ends));
        }
        return post(alerts);
    }

    private JsonObject alert(String host, Message.Item item, String link, long endsAt) {
        JsonObject all = new JsonObject();
        labels.forEach(all::put);
        all.put("alertname", Texts.oneLine(item.rule()))
                .put("instance", Texts.oneLine(host))
                .put("severity", Texts.oneLine(item.level()))
                .put("board", Texts.oneLine(item.board()));
        if (!item.key().isEmpty()) {
            all.put("key", Texts.oneLine(item.key()));
        }
        JsonObject alert = JsonObject.of("labels", all)
                .put(
                        "annotations",
                        JsonObject.of("summary", MessageText.text(item), "description", Texts.oneLine(item.help())))
                .put("startsAt", time(item.firingSince()))
                .put("endsAt", time(endsAt));
        return link.isEmpty() ? alert : alert.put("generatorURL", link);
    }

    private static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }

    private Future<String> post(JsonArray alerts) {
        return secret.read(vertx, context).compose(read -> {
            Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
            String pair = Base64.getEncoder().encodeToString((user + ":" + read).getBytes(StandardCharsets.UTF_8));
            if (!read.isEmpty()) {
                headers.put("Authorization", user.isEmpty() ? "Bearer " + read : "Basic " + pair);
            }
            return http.deliver(new Http.Request(
                    HttpMethod.POST, address, headers, Buffer.buffer(alerts.encode()), List.of(read, pair)));
        });
    }

    @Override
    public void close() {
        http.close();
    }
}

package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends messages as a {@link Preset} says. */
final class PresetChannel implements Channel {

    private final Vertx vertx;
    private final ChannelContext context;
    private final Preset preset;
    private final Map<String, String> told = new TreeMap<>();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private final Http http;

    PresetChannel(Preset preset, Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        this.preset = preset;
        preset.keys().values().forEach(key -> read(key, settings));
        http = new Http(vertx, context, settings.allowed("allow"), settings.text("caFile", ""));
    }

    private void read(Preset.Key key, ChannelSettings settings) {
        if (key.isSecret()) {
            secrets.put(
                    key.name(), key.isRequired() ? settings.requiredSecret(key.name()) : settings.secret(key.name()));
            return;
        }
        String text = key.isRequired()
                ? settings.required(key.name(), key.example())
                : settings.text(key.name(), key.otherwise());
        told.put(
                key.name(), key.isAddress() ? settings.address(key.name(), text).replaceFirst("/$", "") : text);
    }

    @Override
    public Future<String> send(Message message) {
        return readSecrets().compose(read -> {
            if (!preset.isPerItem()) {
                return request(Values.of(message), read, message.id());
            }
            Future<String> sent = Future.succeededFuture("");
            for (Message.Item item : Values.items(message)) {
                sent = sent.compose(before -> request(Values.of(message, item), read, message.id()));
            }
            return sent;
        });
    }

    private Future<Map<String, String>> readSecrets() {
        List<String> names = List.copyOf(secrets.keySet());
        List<Future<String>> all = new ArrayList<>();
        secrets.values().forEach(secret -> all.add(secret.read(vertx, context)));
        return Future.all(all).map(read -> {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), read.resultAt(i));
            }
            return values;
        });
    }

    private Future<String> request(Map<String, Object> values, Map<String, String> read, String id) {
        Map<String, Object> all = preset.withWords(values);
        all.putAll(told);
        all.putAll(read);
        String address = preset.address(all);
        if (!ChannelSettings.isAddress(address)) {
            return Future.failedFuture(new ChannelFailure(
                    secretAddress().map(Secret::key).orElse("the address") + ": what it holds is no address such as"
                            + " https://example.net/path",
                    false,
                    0));
        }
        URI target = URI.create(address);
        List<String> hidden = new ArrayList<>(read.values());
        secretAddress().ifPresent(secret -> hidden.addAll(WebAddress.of(secret).secrets(target)));
        Map<String, String> headers = new LinkedHashMap<>(preset.headers(all));
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", Texts.headerValue(id));
        Buffer body = preset.body(all).toBuffer();
        return deliver(new Http.Request(HttpMethod.valueOf(preset.method()), target, headers, body, hidden));
    }

    private Optional<Secret> secretAddress() {
        return preset.keys().values().stream()
                .filter(key -> key.isAddress() && key.isSecret())
                .findFirst()
                .map(key -> secrets.get(key.name()));
    }

    /** Some say only in their text how long to wait. */
    private Future<String> deliver(Http.Request request) {
        return http.send(request).compose(answer -> {
            Optional<ChannelFailure> refusal =
                    Refusals.of(answer, request.server(), context.milliseconds().getAsLong());
            if (refusal.isEmpty()) {
                return Future.succeededFuture(answer.told());
            }
            ChannelFailure failure = refusal.get();
            long told = preset.retryAfterSeconds(answer.text());
            return Future.failedFuture(
                    failure.retryAfterSeconds() > 0 || told == 0
                            ? failure
                            : new ChannelFailure(String.valueOf(failure.getMessage()), failure.isForGood(), told));
        });
    }

    @Override
    public void close() {
        http.close();
    }
}

package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends each message to all browsers that want it, encrypted for each, by the push service that each has (RFC 8030). */
final class Push implements Channel {

    static final Set<String> KEYS = Set.of("contact", "users", "allow", "caFile");

    private static final long TOKEN_HOURS = 12;
    private static final long KEPT_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final int TITLE_CHARACTERS = 200;

    /** What is left of 4,096 bytes when all else is in it, with room for escapes of JSON. */
    private static final int BODY_BYTES = 1_500;

    private static final int MOST_TAKEN = 1_000;
    private static final Set<Integer> GONE = Set.of(404, 410);

    private final Vertx vertx;
    private final ChannelContext context;
    private final PushBrowsers browsers;
    private final List<String> users;
    private final String contact;
    private final Http http;
    private final SecureRandom random = new SecureRandom();

    /** Which browser has had which message, so that a second try goes to the others only. */
    private final Map<String, Boolean> taken = new LinkedHashMap<>();

    Push(Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        browsers = new PushBrowsers(context.stateFolder());
        users = settings.texts("users");
        contact = settings.required("contact", "mailto:ops@example.net");
        if (!contact.matches("mailto:[^@ ]{1,64}@[^@ ]{1,255}|https://[^ ]{1,255}")) {
            throw settings.mistake(
                    "contact",
                    "must be whom a push service may ask, such as mailto:ops@example.net or https://example.net/");
        }
        http = new Http(vertx, context, settings.allowed("allow"), settings.text("caFile", ""));
    }

    /** What is read from files before a sending. */
    private record Sender(PrivateKey key, String publicKey, List<Browser> browsers) {}

    @Override
    public Future<String> send(Message message) {
        return vertx.executeBlocking(
                        () -> {
                            browsers.keepOnly(context.readers());
                            return new Sender(browsers.privateKey(), browsers.publicKey(), wanting());
                        },
                        false)
                .recover(failure -> Future.failedFuture(new ChannelFailure(
                        "the keys and browsers in the state folder cannot be read: " + failure.getMessage(), false, 0)))
                .compose(sender -> sendAll(message, sender));
    }

    private List<Browser> wanting() throws IOException {
        return browsers.all().stream()
                .filter(each -> users.isEmpty() || users.contains(each.user()))
                .toList();
    }

    private Future<String> sendAll(Message message, Sender sender) {
        if (sender.browsers.isEmpty()) {
            return Future.failedFuture(new ChannelFailure(
                    "no browser wants messages yet: open the page in one and switch them on there", false, 0));
        }
        List<Future<Outcome>> all = new ArrayList<>();
        for (Browser browser : sender.browsers) {
            boolean hasIt = taken.containsKey(message.id() + " " + browser.endpoint());
            all.add(
                    hasIt
                            ? Future.succeededFuture(new Outcome(true, false, Optional.empty()))
                            : one(message, browser, sender));
        }
        return Future.all(all).compose(done -> told(done.list()));
    }

    /** What became of it at one browser. */
    private record Outcome(boolean isTaken, boolean isGone, Optional<ChannelFailure> failure) {}

    private Future<Outcome> one(Message message, Browser browser, Sender sender) {
        return vertx.executeBlocking(() -> request(message, browser, sender), false)
                .compose(http::send)
                .compose(answer -> heard(message, browser, answer))
                .recover(failure -> Future.succeededFuture(new Outcome(false, false, Optional.of(failure(failure)))));
    }

    private static ChannelFailure failure(Throwable failure) {
        return failure instanceof ChannelFailure told
                ? told
                : new ChannelFailure(String.valueOf(failure.getMessage()), false, 0);
    }

    private Future<Outcome> heard(Message message, Browser browser, Http.Answer answer) {
        if (GONE.contains(answer.status())) {
            return vertx.executeBlocking(
                            () -> browsers.removeIf(each -> each.endpoint().equals(browser.endpoint())), false)
                    .map(removed -> new Outcome(false, true, Optional.empty()));
        }
        Optional<ChannelFailure> refusal = Refusals.of(
                answer, browser.endpoint().getHost(), context.milliseconds().getAsLong());
        if (refusal.isEmpty()) {
            taken.put(message.id() + " " + browser.endpoint(), true);
            if (taken.size() > MOST_TAKEN) {
                taken.remove(taken.keySet().iterator().next());
            }
        }
        return Future.succeededFuture(new Outcome(refusal.isEmpty(), false, refusal));
    }

    private Future<String> told(List<Outcome> outcomes) {
        long takenCount = outcomes.stream().filter(Outcome::isTaken).count();
        long gone = outcomes.stream().filter(Outcome::isGone).count();
        String text = "taken for " + takenCount + " of " + outcomes.size() + " browsers"
                + (gone > 0 ? ", " + gone + " forgotten, because their push service knows them no more" : "");
        Optional<ChannelFailure> failure =
                outcomes.stream().flatMap(each -> each.failure.stream()).findFirst();
        if (failure.isEmpty() && takenCount > 0) {
            return Future.succeededFuture(text);
        }
        ChannelFailure first = failure.orElseGet(() -> new ChannelFailure("nobody is left", false, 0));
        return Future.failedFuture(new ChannelFailure(
                Texts.cut(text + "; " + first.getMessage(), Texts.ANSWER_CHARACTERS),
                false,
                first.retryAfterSeconds()));
    }

    private Http.Request request(Message message, Browser browser, Sender sender) throws Exception {
        byte[] salt = new byte[PushCrypto.SALT_BYTES];
        random.nextBytes(salt);
        byte[] body = PushCrypto.encrypt(payload(message), browser, PushCrypto.newKeys(), salt);
        String origin =
                browser.endpoint().getScheme() + "://" + browser.endpoint().getRawAuthority();
        long until = TimeUnit.MILLISECONDS.toSeconds(context.milliseconds().getAsLong())
                + TimeUnit.HOURS.toSeconds(TOKEN_HOURS);
        String token = PushCrypto.token(sender.key, origin, until, contact);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "vapid t=" + token + ", k=" + sender.publicKey);
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Content-Encoding", "aes128gcm");
        headers.put("TTL", String.valueOf(KEPT_SECONDS));
        headers.put("Urgency", urgency(message));
        headers.put("Topic", topic(message));
        return new Http.Request(
                HttpMethod.POST,
                browser.endpoint(),
                headers,
                Buffer.buffer(body),
                List.of(token, browser.endpoint().getRawPath()));
    }

    private static byte[] payload(Message message) {
        Map<String, Object> values = Values.of(message);
        List<String> lines = new ArrayList<>();
        ((List<?>) values.getOrDefault("body", Collections.emptyList())).forEach(line -> lines.add(line.toString()));
        return new JsonObject()
                .put("title", values.get("icon") + " " + Texts.cut(MessageText.subject(message), TITLE_CHARACTERS))
                .put("body", Escape.PLAIN.lines(lines, new Escape.Limit(BODY_BYTES, true)))
                .put("tag", topic(message))
                .put("level", message.level())
                .put("link", Texts.cut(message.link(), 500))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String urgency(Message message) {
        return switch (message.level()) {
            case "critical" -> "high";
            case "warning" -> "normal";
            default -> "low";
        };
    }

    /** What came later about the same alert takes the place of what a browser that was away has not had yet. */
    private static String topic(Message message) {
        String id = message.items().size() == 1 ? message.items().get(0).alertId() : message.id();
        String word = id.replaceAll("[^A-Za-z0-9_-]", "_");
        return word.isEmpty() ? "pulseboard" : word.substring(0, Math.min(word.length(), 32));
    }

    @Override
    public void close() {
        http.close();
    }
}

package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Audit;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;
import pulseboard.feed.FeedPublisher;
import pulseboard.link.KeyPin;

/** What the board {@code fleet} does when it is told to, and how a machine joins. Used on the event loop of the links. */
public final class FleetActions {

    private static final Logger LOG = LoggerFactory.getLogger(FleetActions.class);

    private final Doorkeeper doorkeeper;
    private final @Nullable Path certificate;

    /**
     * Makes them.
     *
     * @param certificate that of this server, PEM; null if it has none
     */
    public FleetActions(Doorkeeper doorkeeper, @Nullable Path certificate) {
        this.doorkeeper = doorkeeper;
        this.certificate = certificate;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    /** Serves them; whoever keeps the list looks anew after each. */
    void serve(Vertx vertx, FeedPublisher publisher, Supplier<Future<?>> look) {
        Doing doing = new Doing(vertx, look);
        publisher.onAction("invite", (body, who) -> doing.later(() -> invite(body, who)));
        publisher.onAction("rename", body -> doing.on(body, id -> doorkeeper.rename(id, body.getString("name"))));
        publisher.onAction("move", body -> doing.on(body, id -> doorkeeper.move(id, body.getString("group"))));
        publisher.onAction("tag", body -> doing.on(body, id -> doorkeeper.tag(id, tags(body.getJsonObject("tags")))));
        publisher.onAction("approve", body -> doing.on(body, id -> doorkeeper.let(id, true)));
        publisher.onAction("refuse", body -> doing.on(body, id -> doorkeeper.let(id, false)));
        publisher.onAction("remove", body -> doing.on(body, doorkeeper::remove));
        MessageConsumer<JsonObject> unused = vertx.eventBus().consumer(Addresses.JOIN, message -> join(message, doing));
    }

    private JsonObject invite(JsonObject body, String who) throws Exception {
        Doorkeeper.Invited invited = doorkeeper.invite(
                body.getString("group", ""), body.getInteger("uses", 1), body.getInteger("hours", 1), who);
        JsonObject answer = JsonObject.of("code", invited.code(), "expiresAt", invited.expiresAt());
        if (certificate != null) {
            Doorkeeper.pinOf(certificate).map(KeyPin::text).ifPresent(pin -> answer.put("pin", pin));
        }
        return answer;
    }

    private static Map<String, String> tags(JsonObject given) {
        Map<String, String> tags = new TreeMap<>();
        given.forEach(tag -> tags.put(tag.getKey(), String.valueOf(tag.getValue())));
        return tags;
    }

    /** The web side has looked how often somebody tries. */
    private void join(Message<JsonObject> message, Doing doing) {
        JsonObject body = message.body();
        String from = body.getString("from", "");
        String name = body.getString("name", "");
        doing.later(() -> {
                    Doorkeeper.Admitted admitted =
                            doorkeeper.admit(body.getString("code", ""), name, body.getString("machine", ""));
                    return JsonObject.of("id", admitted.id(), "token", admitted.token())
                            .put("approved", admitted.isApproved());
                })
                .onSuccess(answer -> {
                    Audit.log("machine_joined id=" + answer.getString("id"), name, from);
                    message.reply(answer);
                })
                .onFailure(failure -> {
                    ActionRefusal refusal = refusal(failure);
                    Audit.log("machine_not_joined why=" + refusal.word(), name, from);
                    message.fail(refusal.status(), refusal.word() + ": " + refusal.getMessage());
                });
    }

    private static ActionRefusal refusal(Throwable failure) {
        if (failure instanceof ActionRefusal known) {
            return known;
        }
        LOG.warn("The list of machines was not changed", failure);
        return new ActionRefusal(
                503,
                "store_unavailable",
                "the list of machines cannot be written; the log of the other machine says why");
    }

    /** Something done to one machine. */
    @FunctionalInterface
    private interface Deed {
        void on(String id) throws Exception;
    }

    private record Doing(Vertx vertx, Supplier<Future<?>> look) {

        Future<JsonObject> later(Callable<JsonObject> blocking) {
            return vertx.executeBlocking(blocking)
                    .recover(failure -> Future.failedFuture(refusal(failure)))
                    .compose(answer -> look.get().map(looked -> answer));
        }

        Future<JsonObject> on(JsonObject body, Deed deed) {
            String id = Objects.requireNonNull(body.getString("machine"));
            return later(() -> {
                deed.on(id);
                return new JsonObject();
            });
        }
    }
}

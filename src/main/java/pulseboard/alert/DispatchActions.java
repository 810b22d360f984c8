package pulseboard.alert;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** What people do with messages, and what they ask about them. Used on the context of the verticle. */
final class DispatchActions {

    private static final ResourceInfo OUTBOX = new ResourceInfo(
                    "GET", "outbox", "Messages that wait to be sent, and those that were given up")
            .forAdmins();
    private static final ResourceInfo WHY = new ResourceInfo(
            "GET", "why", "Why somebody was told of an alert or was not, each step with its time; parameter id");

    private final Vertx vertx;
    private final Context context;
    private final Dispatch dispatch;
    private final Dispatch.Owner owner;

    DispatchActions(Vertx vertx, Dispatch dispatch, Dispatch.Owner owner) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.dispatch = dispatch;
        this.owner = owner;
    }

    /** The board with these actions and resources. */
    static BoardInfo described(BoardInfo board) {
        String patterns = ", separated by commas; * stands for any text; empty: all";
        return PeopleActions.described(board)
                .action(
                        "silence",
                        ActionInfo.of("Holds back messages about some alerts for a while")
                                .takes("rules", Parameter.Type.STRING, false, "Names of rules" + patterns)
                                .takes("keys", Parameter.Type.STRING, false, "Keys" + patterns)
                                .takes("boards", Parameter.Type.STRING, false, "Boards" + patterns)
                                .takes("untilMilliseconds", Parameter.Type.INTEGER, true, "Unix time; within 30 days")
                                .takes("why", Parameter.Type.STRING, false, "For those who wonder"))
                .action(
                        "unsilence",
                        ActionInfo.of("Ends a silence; what still fires is told now")
                                .takes("id", Parameter.Type.STRING, true, "The silence's, from the board"))
                .action(
                        "test",
                        ActionInfo.of("Sends a test through a channel and answers what the other side said")
                                .takes("channel", Parameter.Type.STRING, true, "Its name")
                                .forAdmins())
                .resource(OUTBOX)
                .resource(WHY);
    }

    /** Begins to do them. */
    void serve(FeedPublisher publisher) {
        new PeopleActions(vertx, dispatch, owner).serve(publisher);
        publisher.onAction("silence", this::silence);
        publisher.onAction("unsilence", (body, who) -> unsilence(body.getString("id")));
        publisher.onAction("test", (body, who) -> test(body.getString("channel"), who));
        publisher.onRequest(OUTBOX, request -> answer(request, () -> dispatch.outbox()));
        publisher.onRequest(WHY, request -> {
            String id = request.http().getParam("id", "");
            answer(request, () -> dispatch.why(id).orElseGet(JsonObject::new));
        });
    }

    private Future<JsonObject> silence(JsonObject body, String who) {
        Selector selector = new Selector(patterns(body, "boards"), patterns(body, "rules"), patterns(body, "keys"));
        try {
            Silence silence = dispatch.silence(
                    selector,
                    body.getLong("untilMilliseconds"),
                    body.getString("why", "").strip(),
                    who);
            return done(JsonObject.of("id", silence.id()));
        } catch (IllegalArgumentException e) {
            throw new ActionRefusal(400, "bad_parameter", String.valueOf(e.getMessage()));
        }
    }

    private static List<String> patterns(JsonObject body, String name) {
        return Arrays.stream(body.getString(name, "").split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    private Future<JsonObject> unsilence(String id) {
        if (!dispatch.unsilence(id)) {
            throw new ActionRefusal(
                    404, "unknown_silence", "there is no silence of that id; the board alerts lists them");
        }
        return done(new JsonObject());
    }

    private Future<JsonObject> done(JsonObject answer) {
        Future<Boolean> kept = owner.settle();
        owner.publish();
        return kept.map(isOnDisk -> answer.put("kept", isOnDisk));
    }

    private Future<JsonObject> test(String channel, String who) {
        if (!dispatch.hasChannel(channel)) {
            throw new ActionRefusal(
                    404, "unknown_channel", "there is no channel of that name; the board alerts lists them");
        }
        return dispatch.test(channel, who)
                .map(answer -> JsonObject.of("answer", answer))
                .recover(failure -> Future.failedFuture(
                        new ActionRefusal(502, "channel_failed", String.valueOf(failure.getMessage()))));
    }

    /** The request came on an event loop of the web side, which answers it, too. */
    private void answer(Resources.Request request, Supplier<JsonObject> question) {
        Context web = vertx.getOrCreateContext();
        context.runOnContext(here -> {
            JsonObject answer = question.get();
            web.runOnContext(there -> end(request.http().response(), answer));
        });
    }

    private static void end(HttpServerResponse response, JsonObject answer) {
        if (response.closed()) {
            return;
        }
        if (answer.isEmpty()) {
            response.setStatusCode(404);
            answer.put("error", "unknown_alert").put("message", "nothing is known of an alert of that id");
        }
        response.putHeader("Content-Type", "application/json").end(answer.encode());
    }
}

package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;

/** How the page has its browser be sent messages: actions and a resource of the board of alerts. */
public final class PushActions {

    private static final Logger LOG = LoggerFactory.getLogger(PushActions.class);
    private static final long LOOK_MILLISECONDS = 60_000;
    private static final String SUBSCRIBE = "subscribe-browser";
    private static final String UNSUBSCRIBE = "unsubscribe-browser";
    private static final String ENDPOINT = "endpoint";
    private static final ResourceInfo KEY =
            new ResourceInfo("GET", "push-key", "The key that a browser has to know before it subscribes to messages");

    private final Vertx vertx;
    private final PushBrowsers browsers;
    private final Readers readers;
    private boolean isLooking;

    /** For the browsers of a state folder. */
    public PushActions(Vertx vertx, ChannelContext context) {
        this.vertx = vertx;
        this.readers = context.readers();
        this.browsers = new PushBrowsers(context.stateFolder());
    }

    /** The board with all of it. */
    public static BoardInfo described(BoardInfo board) {
        return board.action(
                        SUBSCRIBE,
                        ActionInfo.of("Has this browser be sent messages while no page is open")
                                .takes(ENDPOINT, Parameter.Type.STRING, true, "Where its push service takes them")
                                .takes("p256dh", Parameter.Type.STRING, true, "The key that the browser made")
                                .takes("auth", Parameter.Type.STRING, true, "What the browser made beside it")
                                .forOneself())
                .action(
                        UNSUBSCRIBE,
                        ActionInfo.of("Ends that for a browser of one's own")
                                .takes(ENDPOINT, Parameter.Type.STRING, true, "As it subscribed")
                                .forOneself())
                .resource(KEY);
    }

    /** Begins to serve it. */
    public void serve(FeedPublisher publisher) {
        lookAgain();
        publisher.onAction(
                SUBSCRIBE,
                (body, who) -> done(() -> {
                            browsers.add(body, who);
                            return JsonObject.of("subscribed", true);
                        })
                        .onSuccess(added -> lookAgain()));
        publisher.onAction(
                UNSUBSCRIBE,
                (body, who) ->
                        done(() -> JsonObject.of("unsubscribed", browsers.remove(body.getString(ENDPOINT), who))));
        publisher.onRequest(
                KEY,
                request -> vertx.executeBlocking(browsers::publicKey, false)
                        .onSuccess(key -> end(request.http().response(), 200, JsonObject.of("publicKey", key)))
                        .onFailure(failure -> {
                            LOG.warn("There is no key for messages to browsers", failure);
                            String told = "something went wrong here; the log says what";
                            end(
                                    request.http().response(),
                                    500,
                                    JsonObject.of("error", "internal_error", "message", told));
                        }));
    }

    /** Forgets each minute the browsers of those who may not see the alerts any more; nothing is done while there are none. */
    private void lookAgain() {
        if (!isLooking) {
            isLooking = true;
            vertx.setTimer(
                    LOOK_MILLISECONDS,
                    due -> vertx.executeBlocking(() -> browsers.keepOnly(readers), false)
                            .onComplete(left -> {
                                isLooking = false;
                                if (left.failed() || left.result()) {
                                    lookAgain();
                                }
                            }));
        }
    }

    private Future<JsonObject> done(Callable<JsonObject> what) {
        return vertx.executeBlocking(what, false).recover(failure -> Future.failedFuture(refusal(failure)));
    }

    /** What a browser says of itself may be wrong; all else is told by the log. */
    private static Throwable refusal(Throwable failure) {
        return failure instanceof IllegalArgumentException
                ? new ActionRefusal(400, "bad_parameter", String.valueOf(failure.getMessage()))
                : failure;
    }

    private static void end(HttpServerResponse response, int status, JsonObject json) {
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(json.encode());
        }
    }
}

package pulseboard.alert;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** How people choose for themselves what they are told, and see what they chose. Used on the context of the verticle. */
final class PeopleActions {

    private static final ResourceInfo NOTIFICATIONS = new ResourceInfo(
            "GET",
            "notifications",
            "How whoever asks is told of alerts: what the files say, and what was chosen instead");
    private static final String CHOOSE = "set-notifications";
    private static final String RESET = "reset-notifications";
    private static final String CHANNELS = "channels";

    private final Vertx vertx;
    private final Context context;
    private final Dispatch dispatch;
    private final Dispatch.Owner owner;

    PeopleActions(Vertx vertx, Dispatch dispatch, Dispatch.Owner owner) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.dispatch = dispatch;
        this.owner = owner;
    }

    /** The board with these actions and this resource. */
    static BoardInfo described(BoardInfo board) {
        return board.action(
                        CHOOSE,
                        ActionInfo.of("Chooses for whoever asks how, and when, they are told of alerts")
                                .takes("severity", Parameter.Type.STRING, true, "warning, or critical: the least level")
                                .takes(
                                        CHANNELS,
                                        Parameter.Type.STRING,
                                        false,
                                        "Those wanted of the own ones, separated by commas; empty: all")
                                .takes(
                                        "quietHours",
                                        Parameter.Type.OBJECT,
                                        false,
                                        "from, to, zone, days and letThrough, as in a file; else there are none")
                                .forOneself())
                .action(
                        RESET,
                        ActionInfo.of("Forgets what whoever asks chose; the files count again")
                                .forOneself())
                .resource(NOTIFICATIONS);
    }

    /** Begins to do it. */
    void serve(FeedPublisher publisher) {
        publisher.onAction(CHOOSE, this::choose);
        publisher.onAction(RESET, (body, who) -> {
            dispatch.people().forget(person(who).user());
            return done();
        });
        publisher.onRequest(NOTIFICATIONS, this::answer);
    }

    private Future<JsonObject> choose(JsonObject body, String who) {
        Person person = person(who);
        JsonObject choice = body.copy().put(CHANNELS, channels(body, person));
        try {
            dispatch.people().choose(person, choice);
        } catch (IllegalArgumentException e) {
            throw new ActionRefusal(400, "bad_parameter", String.valueOf(e.getMessage()));
        }
        return done();
    }

    private static JsonArray channels(JsonObject body, Person person) {
        List<String> named = Arrays.stream(body.getString(CHANNELS, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new JsonArray(named.isEmpty() ? person.channels() : named);
    }

    private Person person(String who) {
        return dispatch.people()
                .find(who)
                .orElseThrow(() -> new ActionRefusal(
                        404,
                        "unknown_person",
                        "no file names somebody who signs in as " + who + "; an administrator adds them to people"));
    }

    private Future<JsonObject> done() {
        dispatch.reroute();
        Future<Boolean> kept = owner.settle();
        owner.publish();
        return kept.map(isOnDisk -> JsonObject.of("kept", isOnDisk));
    }

    /** The request came on an event loop of the web side, which answers it, too. */
    private void answer(Resources.Request request) {
        Context web = vertx.getOrCreateContext();
        context.runOnContext(here -> {
            String answer = describe(request.who()).encode();
            web.runOnContext(there -> {
                HttpServerResponse response = request.http().response();
                if (!response.closed()) {
                    response.putHeader("Content-Type", "application/json").end(answer);
                }
            });
        });
    }

    private JsonObject describe(String who) {
        JsonObject answer = JsonObject.of("user", who);
        Optional<Person> person = dispatch.people().find(who);
        person.ifPresent(found -> {
            answer.put("person", found.name()).put("file", found.toJson());
            dispatch.people().choice(who).ifPresent(choice -> answer.put("chosen", choice));
        });
        return answer;
    }
}

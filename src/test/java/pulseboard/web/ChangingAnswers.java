package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every answer that requests which change something can have, as "method path status content-type". */
final class ChangingAnswers {

    private static final String SESSION = "/api/session";
    private static final String TOKENS = "/api/tokens";
    private static final String TOKEN = "/api/tokens/{token}";
    private static final String ACTION = "/api/boards/{board}/actions/{action}";

    private final GuardedSite guarded;
    private final Set<String> answers = new TreeSet<>();

    ChangingAnswers(GuardedSite guarded) {
        this.guarded = guarded;
    }

    Set<String> all() throws IOException {
        String vera = guarded.session("vera");
        String program = guarded.token("read:*");
        JsonObject wanted = new JsonObject("{\"label\":\"wall\",\"scopes\":[\"read:*\"]}");
        JsonObject right = login("vera", GuardedSite.PASSWORD);
        note(SESSION, right, guarded.site.request(HttpMethod.POST, SESSION));
        note(SESSION, new JsonObject(), guarded.site.request(HttpMethod.POST, SESSION));
        manySignInAtOnce();
        for (int failures = 0; failures < 3; failures++) {
            note(SESSION, login("vera", "wrong password"), guarded.site.request(HttpMethod.POST, SESSION));
        }
        note(SESSION, right, guarded.site.request(HttpMethod.POST, SESSION));
        note(TOKENS, wanted, guarded.fromPage(HttpMethod.POST, TOKENS, vera));
        note(TOKENS, new JsonObject(), guarded.fromPage(HttpMethod.POST, TOKENS, vera));
        note(TOKENS, wanted, guarded.site.request(HttpMethod.POST, TOKENS));
        note(TOKENS, wanted, guarded.request(HttpMethod.POST, TOKENS, program));
        String id = guarded.access.byToken(program).orElseThrow().tokenId();
        String anna = guarded.session("anna");
        for (int times = 0; times < 2; times++) {
            note(TOKEN, null, guarded.fromPage(HttpMethod.DELETE, TOKENS + "/" + id, anna));
        }
        note(TOKEN, null, guarded.site.request(HttpMethod.DELETE, TOKENS + "/" + id));
        note(SESSION, null, guarded.fromPage(HttpMethod.DELETE, SESSION, vera));
        actions(guarded.token("act:*"));
        return answers;
    }

    private void actions(String token) {
        JsonObject none = new JsonObject();
        action("count", new JsonObject().put("to", 1), token);
        for (String action : List.of("count", "refuse", "fail", "dance")) {
            action(action, none, token);
        }
        note(ACTION, none, guarded.site.request(HttpMethod.POST, ACTION));
        note(ACTION, none, guarded.request(HttpMethod.POST, "/api/boards/test/actions/reset", token));
        guarded.site.stopBoard();
        action("count", new JsonObject().put("to", 1), token);
    }

    private void action(String action, JsonObject body, String token) {
        note(ACTION, body, guarded.request(HttpMethod.POST, "/api/boards/test/actions/" + action, token));
    }

    private static JsonObject login(String name, String password) {
        return JsonObject.of("name", name, "password", password);
    }

    /** More than may wait. */
    private void manySignInAtOnce() {
        WebClient many =
                WebClient.create(guarded.site.vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(30));
        List<Future<HttpResponse<Buffer>>> attempts = IntStream.range(0, 30)
                .mapToObj(i -> many.post(guarded.site.port, "127.0.0.1", SESSION)
                        .sendJsonObject(login("vera", "wrong password")))
                .toList();
        attempts.forEach(each -> note("post " + SESSION, Wait.on(each)));
        many.close();
    }

    private void note(String path, @Nullable JsonObject body, HttpRequest<Buffer> request) {
        String method = body == null ? "delete" : "post";
        note(method + " " + path, Wait.on(body == null ? request.send() : request.sendJsonObject(body)));
    }

    private void note(String what, HttpResponse<Buffer> response) {
        answers.add(what + " " + response.statusCode() + " " + response.getHeader("Content-Type"));
    }
}

package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import pulseboard.auth.Access;
import pulseboard.board.host.HostValues;
import pulseboard.feed.Addresses;
import pulseboard.feed.ValueInfo;
import pulseboard.history.HistoryConfig;
import pulseboard.history.HistoryVerticle;
import pulseboard.prometheus.Metrics;
import pulseboard.prometheus.MetricsVerticle;

/** The description says what the server does: no more and no less. */
@ExtendWith(VertxExtension.class)
class OpenApiTest {

    private static final JsonObject DESCRIPTION = load();

    @SuppressWarnings("unchecked") // A YAML mapping.
    private static JsonObject load() {
        InputStream file =
                Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/openapi.yaml"), "openapi.yaml");
        return new JsonObject(
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(file));
    }

    private static JsonObject paths() {
        return DESCRIPTION.getJsonObject("paths");
    }

    /** What a reference points to, or the object itself when it is none. */
    private static JsonObject resolve(JsonObject object) {
        JsonObject found = object;
        String reference = object.getString("$ref");
        if (reference != null) {
            found = DESCRIPTION;
            for (String key : reference.substring(2).split("/", -1)) {
                found = found.getJsonObject(key);
            }
        }
        return found;
    }

    @Test
    void refusedMethodIsAnsweredWithThoseThatAreDescribed(Vertx vertx) {
        Site site = new Site(vertx);
        for (String path : paths().fieldNames()) {
            Set<String> described = new TreeSet<>();
            paths().getJsonObject(path).fieldNames().forEach(key -> described.add(key.toUpperCase(Locale.ROOT)));
            described.removeIf(key -> key.equals("PARAMETERS"));
            if (described.contains("GET")) {
                described.add("HEAD");
            }
            HttpResponse<Buffer> refused = Wait.on(site.request(HttpMethod.PUT, path.replaceAll("\\{\\w+}", "test"))
                    .send());
            assertEquals(405, refused.statusCode(), path);
            assertEquals(String.join(", ", described), refused.getHeader("Allow"), path);
        }
    }

    /** What boards serve by themselves is described by their own documents. */
    private static boolean isDescribed(@Nullable String path) {
        return path != null && !path.startsWith("/eventbus") && !path.endsWith("/");
    }

    /** A board of another machine has the same routes, with its source before its name. */
    private static String described(String path) {
        return path.replace("/:source/", "/").replaceAll(":(\\w+)", "{$1}");
    }

    @Test
    void describedPathsAreTheRoutesThatThereAre(Vertx vertx) {
        WebVerticle verticle =
                new WebVerticle(Site.config(), TlsConfig.DEFAULT, Site.HOME, Access.open()).with(Site.links());
        Site.deployDirectory(vertx);
        Wait.on(vertx.deployVerticle(verticle));
        Set<String> routes = verticle.router().getRoutes().stream()
                .map(Route::getPath)
                .filter(OpenApiTest::isDescribed)
                .map(OpenApiTest::described)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(routes, new TreeSet<>(paths().fieldNames()));
    }

    @Test
    void describedMethodsAreTheOnesThatTheRoutesTake(Vertx vertx) {
        WebVerticle verticle =
                new WebVerticle(Site.config(), TlsConfig.DEFAULT, Site.HOME, Access.open()).with(Site.links());
        Site.deployDirectory(vertx);
        Wait.on(vertx.deployVerticle(verticle));
        Set<String> taken = new TreeSet<>();
        for (Route route : verticle.router().getRoutes()) {
            if (isDescribed(route.getPath())) {
                assertEquals(
                        route.methods().contains(HttpMethod.GET),
                        route.methods().contains(HttpMethod.HEAD),
                        route.getPath());
                route.methods().forEach(method -> taken.add(method + " " + described(route.getPath())));
            }
        }
        taken.removeIf(each -> each.startsWith("HEAD "));
        Set<String> described = new TreeSet<>();
        for (String path : paths().fieldNames()) {
            paths().getJsonObject(path)
                    .fieldNames()
                    .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path));
        }
        assertEquals(taken, described);
    }

    /** "method path status content-type" of every answer that is described. */
    private static Set<String> describedAnswers() {
        Set<String> answers = new TreeSet<>();
        for (String path : paths().fieldNames()) {
            paths().getJsonObject(path).forEach(method -> {
                JsonObject responses = ((JsonObject) method.getValue()).getJsonObject("responses");
                for (String status : responses.fieldNames()) {
                    JsonObject content =
                            resolve(responses.getJsonObject(status)).getJsonObject("content", new JsonObject());
                    content.fieldNames()
                            .forEach(type -> answers.add(method.getKey() + " " + path + " " + status + " " + type));
                }
            });
        }
        return answers;
    }

    @Test
    void everyDescribedAnswerIsGivenAndNoOther(Vertx vertx, @TempDir Path folder) throws IOException {
        Set<String> given = new TreeSet<>();
        var ofBoard =
                vertx.eventBus().consumer(Addresses.facts(Site.BOARD), request -> request.reply(new JsonObject()));
        var facts = vertx.eventBus().consumer(Addresses.facts(Site.HOME), request -> request.reply(new JsonObject()));
        var verdict = vertx.eventBus().consumer(Addresses.VERDICT, request -> request.reply(new JsonObject()));
        Site.deployDirectory(vertx);
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of());
        String metricsId = Wait.on(vertx.deployVerticle(new MetricsVerticle(metrics)));
        Site site = new Site(vertx);
        site.deployHome();
        String history =
                Wait.on(vertx.deployVerticle(new HistoryVerticle(HistoryConfig.DEFAULT, folder.resolve("history"))));
        given.addAll(answers(site, Site.BOARD, ""));
        given.addAll(answers(site, "nobody", ""));
        given.addAll(questions(site));
        site.stopBoard();
        Wait.on(vertx.undeploy(history));
        Wait.on(Future.all(facts.unregister(), verdict.unregister(), ofBoard.unregister()));
        Wait.on(vertx.undeploy(metricsId));
        Wait.Deadline gone = new Wait.Deadline("end of the last snapshot");
        while (site.get("/api/boards/" + Site.BOARD).statusCode() == 200) {
            gone.check();
        }
        given.addAll(answers(site, Site.BOARD, ""));
        GuardedSite guarded = new GuardedSite(vertx, folder);
        given.addAll(answers(guarded.site, Site.BOARD, ""));
        for (String scope :
                List.of("read:board.other", "publish:web1", "publish:" + Site.BOARD, "work:job", "work:x")) {
            given.addAll(answers(guarded.site, Site.BOARD, guarded.token(scope)));
        }
        given.addAll(new ChangingAnswers(guarded).all());
        vertx.eventBus().consumer(Addresses.VERDICT, request -> request.fail(1, "broken"));
        Site full = new Site(vertx, Site.configWithMostViewers(1));
        full.watcher();
        given.addAll(answers(full, Site.BOARD, ""));
        given.addAll(wrongBadges(site));
        assertEquals(describedAnswers(), given);
    }

    private static Set<String> wrongBadges(Site site) {
        return Set.of(
                "get /badge/verdict.svg " + head(site.get("/badge/verdict.svg?theme=blue")),
                "get /badge/{value}.svg " + head(site.get("/badge/cpu.svg?theme=blue")));
    }

    private static String head(HttpResponse<Buffer> answer) {
        return answer.statusCode() + " " + answer.getHeader("Content-Type");
    }

    /** Those that need more than a path. */
    private static Set<String> questions(Site site) {
        Set<String> answers = new TreeSet<>();
        for (String end : List.of("", ".csv", ".ndjson")) {
            String path = "/api/boards/" + Site.BOARD + "/history" + end;
            for (String accept : end.isEmpty() ? List.of("*/*", "text/csv", "application/x-ndjson") : List.of("*/*")) {
                HttpResponse<Buffer> good = site.get(path, "Accept", accept);
                HttpResponse<Buffer> bad = site.get(path + "?points=0", "Accept", accept);
                for (HttpResponse<Buffer> answer : List.of(good, bad)) {
                    answers.add("get /api/boards/{board}/history" + end + " " + answer.statusCode() + " "
                            + answer.getHeader("Content-Type"));
                }
            }
        }
        return answers;
    }

    private static Set<String> answers(Site site, String board, String token) {
        HttpClient client = site.vertx.createHttpClient();
        Set<String> answers = new TreeSet<>();
        for (String path : paths().fieldNames()) {
            if (paths().getJsonObject(path).containsKey("get")) {
                String real = path.replace("{board}", board).replace("{value}", board.equals("nobody") ? board : "cpu");
                for (String accept : List.of("*/*", "application/openmetrics-text; version=1.0.0")) {
                    answers.add("get " + path + " "
                            + Wait.on(client.request(HttpMethod.GET, site.port, "127.0.0.1", real)
                                    .compose(request -> (token.isEmpty()
                                                    ? request
                                                    : request.putHeader("Authorization", "Bearer " + token))
                                            .putHeader("Accept", accept)
                                            .send())
                                    .map(answer -> answer.statusCode() + " " + answer.getHeader("Content-Type"))));
                }
            }
        }
        Wait.on(client.close());
        return answers;
    }

    private static JsonObject schema(String name) {
        return DESCRIPTION.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    @Test
    void valuesAreDescribedAsTheyAre() {
        JsonObject schema = schema("Value");
        JsonObject snapshot = JsonObject.of("at", 1, "state", ValueSite.STATE);
        Set<String> members = new TreeSet<>();
        for (ValueInfo info : HostValues.ALL) {
            Value value = new Value(info);
            JsonObject told = value.document(snapshot, 1);
            members.addAll(told.fieldNames());
            assertTrue(
                    told.fieldNames()
                            .containsAll(schema.getJsonArray("required").getList()),
                    value.name());
        }
        JsonObject properties = schema.getJsonObject("properties");
        assertEquals(new TreeSet<>(properties.fieldNames()), members);
        assertEquals(
                new JsonArray(Stream.of(Unit.values()).map(Unit::word).toList()),
                properties.getJsonObject("unit").getJsonArray("enum"));
        JsonObject name = DESCRIPTION
                .getJsonObject("components")
                .getJsonObject("parameters")
                .getJsonObject("Value");
        assertEquals(
                new JsonArray(HostValues.NAMES), name.getJsonObject("schema").getJsonArray("enum"));
    }

    @Test
    void documentsHaveEveryMemberThatTheirSchemaRequires(Vertx vertx) {
        Site site = new Site(vertx);
        Map<String, JsonObject> documents = new TreeMap<>();
        documents.put("Snapshot", site.get("/api/boards/test").bodyAsJsonObject());
        documents.put("Health", site.get("/api/health").bodyAsJsonObject());
        documents.put("Error", site.get("/api/boards/nobody").bodyAsJsonObject());
        documents.put(
                "Board",
                site.get("/api/boards")
                        .bodyAsJsonObject()
                        .getJsonArray("boards")
                        .getJsonObject(0));
        BridgeClient watcher = site.watcher();
        site.board.count(1);
        documents.put("Change", watcher.nextChange());
        documents.forEach((name, document) -> {
            JsonObject schema = DESCRIPTION
                    .getJsonObject("components")
                    .getJsonObject("schemas")
                    .getJsonObject(name);
            assertEquals(
                    new TreeSet<>(schema.getJsonObject("properties").fieldNames()),
                    new TreeSet<>(document.fieldNames()),
                    name);
            assertEquals(new JsonArray(List.copyOf(document.fieldNames())), schema.getJsonArray("required"), name);
        });
    }
}

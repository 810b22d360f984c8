package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.history.HistoryConfig;
import pulseboard.history.HistoryVerticle;

/** The real history behind the real web side, by HTTP and by the bridge. */
@ExtendWith(VertxExtension.class)
class HistoryRoutesTest {

    private static final String PATH = "/api/boards/" + Site.BOARD + "/history";

    @TempDir
    private Path folder;

    @BeforeEach
    void keepHistory(Vertx vertx) {
        Site.deployDirectory(vertx);
        Wait.on(vertx.deployVerticle(new HistoryVerticle(HistoryConfig.DEFAULT, folder)));
    }

    @Test
    void whatABoardShowedIsToldAsJsonCsvOrNdjson(Vertx vertx) {
        Site site = new Site(vertx);
        awaitValue(site, 7);
        String question = "?series=count&from=-10s&points=20";
        JsonObject json = site.get(PATH + question).bodyAsJsonObject();
        assertEquals(1_000, json.getLong("stepMilliseconds"));
        assertEquals(
                (json.getLong("to") - json.getLong("from")) / 1_000,
                column(json).size());
        String csv = site.get(PATH + ".csv" + question).bodyAsString();
        assertTrue(csv.startsWith("time,\"count min\",\"count average\",\"count max\"\r\n20"), csv);
        assertTrue(csv.contains("Z,7,7,7\r\n"), csv);
        assertEquals(
                "text/csv; charset=utf-8",
                site.get(PATH + question, "Accept", "text/csv").getHeader("Content-Type"));
        JsonObject line = new JsonObject(site.get(PATH + ".ndjson" + question)
                .bodyAsString()
                .lines()
                .reduce((a, b) -> b)
                .orElseThrow());
        assertEquals(7, line.getJsonObject("series").getJsonObject("count").getInteger("max"));
    }

    @Test
    void whatIsWorthItIsCompressedForWhoeverTakesIt(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        awaitValue(site, 7);
        String table = PATH + ".csv?series=count&from=-600s&to=now&points=600";
        HttpResponse<Buffer> plain = site.get(table);
        assertNull(plain.getHeader("Content-Encoding"));
        assertEquals("Accept, Accept-Encoding", plain.getHeader("Vary"));
        assertNull(site.get(table, "Accept-Encoding", "gzip;q=0").getHeader("Content-Encoding"));
        HttpResponse<Buffer> compressed = site.get(table, "Accept-Encoding", "br, gzip");
        assertEquals("gzip", compressed.getHeader("Content-Encoding"));
        assertTrue(
                compressed.body().length() * 4 < plain.body().length(),
                compressed.body().length() + " of " + plain.body().length());
        byte[] bytes =
                new GZIPInputStream(new ByteArrayInputStream(compressed.body().getBytes())).readAllBytes();
        assertTrue(new String(bytes, StandardCharsets.UTF_8).startsWith("time,\"count min\""));
        HttpResponse<Buffer> few = site.get(PATH + "?series=count&from=-5s&points=5", "Accept-Encoding", "gzip");
        assertNull(few.getHeader("Content-Encoding"));
    }

    /** Makes it the state and waits until the history knows. */
    private static void awaitValue(Site site, int value) {
        site.board.count(value);
        Wait.Deadline known = new Wait.Deadline("value " + value + " in the history");
        while (!column(site.get(PATH + "?series=count&from=-5s&points=5").bodyAsJsonObject())
                .contains(value)) {
            known.check();
        }
    }

    private static JsonArray column(JsonObject history) {
        return history.getJsonObject("series", new JsonObject())
                .getJsonObject("count", new JsonObject())
                .getJsonArray("max", new JsonArray());
    }

    @Test
    void processesHaveMinutesAndNeitherSeriesNorTables(Vertx vertx) {
        Wait.on(vertx.deployVerticle(
                new TestBoard(BoardInfo.of("processes", "Processes").loggedByMinute())));
        WebVerticle web = new WebVerticle(Site.config(), TlsConfig.DEFAULT, "processes", Access.open());
        Wait.on(vertx.deployVerticle(web));
        WebClient client = WebClient.create(
                vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(web.port()));
        String path = "/api/boards/processes/history";
        Wait.Deadline known = new Wait.Deadline("board processes in the history");
        while (Wait.on(client.get(path).send()).statusCode() == 503) {
            known.check();
        }
        assertEquals(
                new JsonArray(),
                Wait.on(client.get(path).send()).bodyAsJsonObject().getJsonArray("minutes"));
        for (String format : List.of(".csv", ".ndjson")) {
            HttpResponse<Buffer> answer = Wait.on(client.get(path + format).send());
            assertEquals(404, answer.statusCode());
            assertEquals("json_only", answer.bodyAsJsonObject().getString("error"));
        }
        HttpResponse<Buffer> bogus = Wait.on(client.get(path + "?series=bogus").send());
        assertEquals("unknown_series", bogus.bodyAsJsonObject().getString("error"));
    }

    @Test
    void mistakesAreToldWithAStableWord(Vertx vertx) {
        Site site = new Site(vertx);
        awaitValue(site, 1);
        assertEquals("bad_parameter", error(site, PATH + "?points=many"));
        assertEquals("bad_parameter", error(site, PATH + "?from=%00"));
        assertEquals("unknown_series", error(site, PATH + "?series=other"));
        assertEquals("unknown_board", error(site, "/api/boards/nobody/history"));
        assertEquals("unknown_board", error(site, "/api/boards/nobody/series"));
    }

    private static String error(Site site, String path) {
        return site.get(path).bodyAsJsonObject().getString("error");
    }

    @Test
    void whoMayNotReadTheBoardMayNotReadItsHistory(Vertx vertx, @TempDir Path users) throws Exception {
        GuardedSite guarded = new GuardedSite(vertx, users);
        for (String path : List.of(PATH, PATH + ".csv", PATH + ".ndjson", "/api/boards/" + Site.BOARD + "/series")) {
            assertEquals(401, guarded.site.get(path).statusCode(), path);
            String other = "Bearer " + guarded.token("read:board.other");
            assertEquals(403, guarded.site.get(path, "Authorization", other).statusCode(), path);
            String right = "Bearer " + guarded.token("read:board." + Site.BOARD);
            assertEquals(200, guarded.site.get(path, "Authorization", right).statusCode(), path);
        }
    }

    @Test
    void bridgeTakesTheSameQuestions(Vertx vertx) {
        Site site = new Site(vertx);
        awaitValue(site, 5);
        BridgeClient client = site.watcher();
        JsonObject question =
                new JsonObject().put("series", "count").put("from", "-5s").put("format", "csv");
        JsonObject answer = client.ask(Addresses.history(Site.BOARD), question);
        assertTrue(column(answer.getJsonObject("body")).contains(5), answer.encode());
        JsonObject series =
                client.ask(Addresses.series(Site.BOARD), new JsonObject()).getJsonObject("body");
        assertEquals(new JsonArray().add("count"), series.getJsonArray("series"));
    }

    @Test
    void bridgeRefusesQuestionsOfOneWhoAsksTooOften(Vertx vertx) {
        Site site = new Site(vertx);
        awaitValue(site, 5);
        BridgeClient client = site.watcher();
        for (int question = 0; question < 100; question++) {
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", Addresses.series(Site.BOARD))
                    .put("replyAddress", "here")
                    .put("body", new JsonObject()));
        }
        assertEquals("rejected", client.nextError());
    }
}

package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import pulseboard.feed.Addresses;

/** Badges, widgets and single values: what is told, and to whom. CPU and disk are public here. */
@ExtendWith(VertxExtension.class)
class ValueRoutesTest {

    @TempDir
    private Path folder;

    private ValueSite site;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        site = new ValueSite(vertx, folder, ValueSite.config(1000, "cpu", "disk"));
    }

    private static Element svg(HttpResponse<Buffer> response) throws Exception {
        assertEquals("image/svg+xml", response.getHeader("Content-Type"));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(response.bodyAsString())))
                .getDocumentElement();
    }

    @Test
    void valueIsToldAsItIsPromised() throws IOException {
        JsonObject told = site.value("cpu");
        assertTrue(told.getLong("at") > 0);
        assertEquals(
                new JsonObject("""
                        {"version":1,"name":"cpu","label":"CPU","unit":"percent","value":41.5,"text":"42 %"}"""),
                told.copy().put("at", null).stream()
                        .filter(member -> member.getValue() != null)
                        .collect(
                                JsonObject::new,
                                (all, member) -> all.put(member.getKey(), member.getValue()),
                                JsonObject::mergeIn));
    }

    @Test
    void missingValueSaysWhy() throws IOException {
        JsonObject told = site.value("temperature");
        assertEquals("n/a", told.getString("text"));
        assertEquals("no <chip>", told.getString("reason"));
        assertFalse(told.containsKey("value"));
        assertFalse(told.containsKey("at"));
        assertEquals("not available on this machine", site.value("swap").getString("reason"));
    }

    @Test
    void boardThatDoesNotAnswerLeavesNoValue() throws IOException {
        site.stopBoard();
        Wait.Deadline gone = new Wait.Deadline("end of the last snapshot");
        while (site.value("cpu").containsKey("value")) {
            gone.check();
        }
        assertEquals("the board does not answer", site.value("cpu").getString("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/badge/cpu.svg", "/api/v1/values/cpu", "/api/v1/values/disk"})
    void publicValueIsForStrangersAndForAnyPage(String path) {
        HttpResponse<Buffer> response = site.stranger(path);
        assertEquals(200, response.statusCode());
        assertEquals("cross-origin", response.getHeader("Cross-Origin-Resource-Policy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/badge/memory.svg",
                "/api/v1/values/memory",
                "/api/v1/values/memory/stream",
                "/api/boards/host",
                "/api/boards/host/stream",
                "/api/host",
                "/api/v1/values/cpu/../memory",
                "/api/v1/values/cpu;x",
                "/api/v1/values/cpu/..%2fmemory"
            })
    void strangersSeeNothingElse(String path) {
        assertEquals("401 login_required", GuardedSite.error(site.stranger(path)));
    }

    @Test
    void valueIsForThoseWhoMayReadItsBoard() throws IOException {
        String narrow = site.token("read:board.other");
        for (String path : List.of("/badge/memory.svg", "/api/v1/values/memory", "/api/v1/values/memory/stream")) {
            assertEquals("403 forbidden", GuardedSite.error(site.get(path, narrow)), path);
        }
        assertEquals(200, site.get("/api/v1/values/cpu", narrow).statusCode(), "is public");
        HttpResponse<Buffer> own = site.get("/badge/memory.svg", site.token("read:board.host"));
        assertEquals(200, own.statusCode());
        assertEquals("same-origin", own.getHeader("Cross-Origin-Resource-Policy"), "no page of another site shows it");
        assertEquals("private, max-age=5", own.getHeader("Cache-Control"));
    }

    @Test
    void withoutTheSettingNothingIsPublic() {
        assertEquals(Set.of(), ValueRoutes.publicPaths(WebConfig.DEFAULT));
    }

    @Test
    void badgeOfTheVerdictSaysLevelAndCount(Vertx vertx) throws Exception {
        assertEquals(401, site.stranger("/badge/verdict.svg").statusCode());
        String token = site.token("read:board.host");
        assertEquals("health: nothing is judged here", title(site.get("/badge/verdict.svg", token)));
        JsonObject critical = new JsonObject("""
                {"level":"critical","text":"/srv <b> is full; it is hot.",
                 "parts":[{"level":"critical"},{"level":"warning"},{"level":"critical"}]}""");
        Wait.on(vertx.eventBus()
                .consumer(Addresses.VERDICT, request -> request.reply(critical))
                .completion());
        HttpResponse<Buffer> response = site.get("/badge/verdict.svg?label=vm", token);
        assertEquals("vm: /srv <b> is full; it is hot.", title(response));
        assertTrue(response.bodyAsString().contains(">2 critical</text>"), response::bodyAsString);
        assertEquals("private, max-age=5", response.getHeader("Cache-Control"));
        assertEquals("same-origin", response.getHeader("Cross-Origin-Resource-Policy"));
        assertEquals("400 bad_parameter", GuardedSite.error(site.get("/badge/verdict.svg?theme=blue", token)));
    }

    private static String title(HttpResponse<Buffer> response) throws Exception {
        return svg(response).getElementsByTagName("title").item(0).getTextContent();
    }

    @Test
    void badgeShowsLabelAndValueInWordsToo() throws Exception {
        HttpResponse<Buffer> response = site.stranger("/badge/disk.svg");
        assertEquals("public, max-age=5", response.getHeader("Cache-Control"));
        Element svg = svg(response);
        assertEquals("disk: 93 %", svg.getAttribute("aria-label"));
        assertEquals("disk", svg.getElementsByTagName("text").item(0).getTextContent());
        assertEquals("93 %", svg.getElementsByTagName("text").item(1).getTextContent());
    }

    @Test
    void textOfAStrangerStaysText() throws Exception {
        String label = "\"><script>alert('&amp;')</script>\u0000\u001b\ufffe";
        Element svg = svg(site.stranger(
                "/badge/cpu.svg?label=" + java.net.URLEncoder.encode(label, java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertEquals(
                "\"><script>alert('&amp;')</script>\ufffd\ufffd\ufffd",
                svg.getElementsByTagName("text").item(0).getTextContent());
    }

    @Test
    void longLabelIsCutAndAnEmptyOneIsLeftOut() throws Exception {
        Element svg = svg(site.stranger("/badge/cpu.svg?label=" + "a".repeat(3000)));
        assertEquals("a".repeat(40), svg.getElementsByTagName("text").item(0).getTextContent());
        assertEquals(
                1,
                svg(site.stranger("/badge/cpu.svg?label="))
                        .getElementsByTagName("text")
                        .getLength());
    }

    @Test
    void missingValueIsABadgeThatSaysWhy() throws Exception {
        Element svg = svg(site.get("/badge/temperature.svg", site.token("read:*")));
        assertEquals("temperature: n/a, no <chip>", svg.getAttribute("aria-label"));
        assertEquals("n/a", svg.getElementsByTagName("text").item(1).getTextContent());
    }

    @Test
    void unknownLookIsRefused() {
        assertEquals("400 bad_parameter", GuardedSite.error(site.stranger("/badge/cpu.svg?theme=blue")));
        assertEquals("400 bad_parameter", GuardedSite.error(site.stranger("/badge/cpu.svg?style=")));
        String light = site.stranger("/badge/cpu.svg?theme=light").bodyAsString();
        assertEquals(light, site.stranger("/badge/cpu.svg").bodyAsString());
        assertFalse(light.equals(site.stranger("/badge/cpu.svg?theme=dark").bodyAsString()));
        assertFalse(light.equals(site.stranger("/badge/cpu.svg?style=square").bodyAsString()));
    }

    @Test
    void unknownNameIsToldTheKnownOnes() throws IOException {
        HttpResponse<Buffer> response = site.get("/api/v1/values/cpus", site.token("read:*"));
        assertEquals("404 unknown_value", GuardedSite.error(response));
        assertTrue(response.bodyAsString().contains("memory"));
        assertEquals("404 unknown_value", GuardedSite.error(site.stranger("/widget/cpus")));
    }

    @Test
    void widgetIsAPageWithoutAValueForTheFramesOfTheSetting() {
        HttpResponse<Buffer> page = site.stranger("/widget/memory?theme=dark&size=small");
        assertEquals(200, page.statusCode());
        assertFalse(page.bodyAsString().contains("76"));
        assertTrue(page.getHeader("Content-Security-Policy").endsWith("frame-ancestors 'self' https://frame.example"));
        assertFalse(page.bodyAsString().contains("style=\""));
    }

    @Test
    void eachChangeComesByWebSocket() throws IOException {
        ValueSite.Messages messages = site.watch("memory", site.token("read:board.host"));
        assertEquals("76 %", messages.next().getString("text"));
        site.board.publish(new JsonObject("{\"memory\":{\"usedPercent\":80.0}}"));
        messages.awaitText("80 %");
        site.board.publish(new JsonObject());
        messages.awaitText("n/a");
    }

    @Test
    void eachChangeComesAsAnEventToo() {
        EventStream stream = EventStream.ofValue(site.vertx, site.port, "cpu");
        assertEquals("42 %", stream.nextValue().getString("text"));
        site.board.publish(new JsonObject("{\"cpu\":{\"busyPercent\":7.0}}"));
        Wait.Deadline deadline = new Wait.Deadline("7.0 %");
        while (!stream.nextValue().getString("text").equals("7.0 %")) {
            deadline.check();
        }
        site.stopWeb();
        assertEquals("restarting", stream.last());
    }

    @Test
    void strangerSeesThePublicValueOnlyByWebSocketToo() {
        assertEquals("CPU", site.watch("cpu", "").next().getString("label"));
        assertThrows(UpgradeRejectedException.class, () -> site.watch("memory", ""));
    }

    @Test
    void whoMayNotLookAnyMoreIsThrownOutAndStrangersStay() throws IOException {
        String token = site.token("read:*");
        ValueSite.Messages known = site.watch("cpu", token);
        ValueSite.Messages stranger = site.watch("cpu", "");
        known.next();
        stranger.next();
        site.revoke(token);
        assertEquals(4401, known.end());
        site.board.publish(new JsonObject("{\"cpu\":{\"busyPercent\":9.0}}"));
        stranger.awaitText("9.0 %");
    }

    @Test
    void endOfTheServerIsToldByItsCode() {
        ValueSite.Messages messages = site.watch("cpu", "");
        messages.next();
        site.stopWeb();
        assertEquals(1012, messages.end());
    }

    @Test
    void whoSendsSomethingIsNotListenedTo() {
        ValueSite.Messages messages = site.watch("cpu", "");
        messages.next();
        messages.say("hello");
        assertEquals(1000, messages.end());
    }

    @Test
    void upgradeThatIsNotFinishedTakesNoPlaceFromThoseWhoAreKnown(Vertx vertx, @TempDir Path other) throws IOException {
        ValueSite small = new ValueSite(vertx, other, ValueSite.config(4, "cpu"));
        List<PlainSocket> strangers = new ArrayList<>();
        for (String body :
                List.of("Content-Length: 4", "Content-Length: 4", "Content-Length: 4", "Transfer-Encoding: chunked")) {
            PlainSocket socket = new PlainSocket(small.port);
            socket.send("GET /api/v1/values/cpu/stream HTTP/1.1\r\nHost: localhost\r\n" + body + "\r\n"
                    + PlainSocket.UPGRADE + "\r\n\r\n");
            strangers.add(socket);
        }
        for (PlainSocket socket : strangers) {
            socket.send(strangers.indexOf(socket) < 3 ? "body" : "0\r\n\r\n");
            assertEquals("HTTP/1.1 400", socket.read(12));
        }
        small.watch("cpu", small.token("read:*")).next();
        for (PlainSocket socket : strangers) {
            socket.close();
        }
    }

    @Test
    void strangersLeaveHalfOfThePlaces(Vertx vertx, @TempDir Path other) throws IOException {
        ValueSite small = new ValueSite(vertx, other, ValueSite.config(4, "cpu"));
        for (int place = 0; place < 2; place++) {
            small.watch("cpu", "").next();
        }
        assertThrows(UpgradeRejectedException.class, () -> small.watch("cpu", ""));
        assertEquals("503 too_many_viewers", GuardedSite.error(small.stranger("/api/v1/values/cpu/stream")));
        String token = small.token("read:*");
        small.watch("cpu", token).next();
        small.watch("cpu", token).next();
        assertThrows(UpgradeRejectedException.class, () -> small.watch("cpu", token));
    }
}

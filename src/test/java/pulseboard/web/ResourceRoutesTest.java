package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;

/** What a board serves beside its state, and to whom. */
@ExtendWith(VertxExtension.class)
class ResourceRoutesTest {

    private static final String NAMES = "/api/boards/" + Site.BOARD + "/names";

    @TempDir
    private Path folder;

    private GuardedSite guarded;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path, String token, Buffer body) {
        return Wait.on(guarded.request(method, path, token).sendBuffer(body));
    }

    @Test
    void whatIsSentIsKeptAndServed() throws IOException {
        String token = guarded.token("read:*", "act:*");
        Buffer large = Buffer.buffer(new byte[1 << 20]);
        assertEquals(204, send(HttpMethod.PUT, NAMES + "/a%20b", token, large).statusCode());
        HttpResponse<Buffer> names = send(HttpMethod.GET, NAMES, token, Buffer.buffer());
        assertEquals("a b=1048576 by program", names.bodyAsString());
        assertEquals("sandbox", names.getHeader("Content-Security-Policy"));
        assertEquals("nosniff", names.getHeader("X-Content-Type-Options"));
        assertEquals(200, send(HttpMethod.HEAD, NAMES, token, Buffer.buffer()).statusCode());
    }

    @Test
    void readerMayOnlyReadAndStrangerNothing() throws IOException {
        String reader = guarded.token("read:*");
        assertEquals(200, send(HttpMethod.GET, NAMES, reader, Buffer.buffer()).statusCode());
        assertEquals(
                "403 forbidden", GuardedSite.error(send(HttpMethod.PUT, NAMES + "/a", reader, Buffer.buffer("x"))));
        String other = guarded.token("read:board.other", "act:board.other");
        assertEquals("403 forbidden", GuardedSite.error(send(HttpMethod.GET, NAMES, other, Buffer.buffer())));
        HttpResponse<Buffer> stranger =
                Wait.on(guarded.site.request(HttpMethod.GET, NAMES).send());
        assertEquals("401 login_required", GuardedSite.error(stranger));
    }

    @Test
    void whatIsForAdminsIsForNobodyElse() throws IOException {
        String path = "/api/boards/" + Site.BOARD + "/secrets";
        String token = guarded.token("read:*", "act:*");
        assertEquals("403 forbidden", GuardedSite.error(send(HttpMethod.GET, path, token, Buffer.buffer())));
        String viewer = guarded.session("vera");
        assertEquals(
                403,
                Wait.on(guarded.fromPage(HttpMethod.GET, path, viewer).send()).statusCode());
        String admin = guarded.session("anna");
        assertEquals(
                "none",
                Wait.on(guarded.fromPage(HttpMethod.GET, path, admin).send()).bodyAsString());
    }

    @Test
    void whatIsForOperatorsIsForWhoeverMayActAndIsAudited() throws Exception {
        String path = "/api/boards/" + Site.BOARD + "/notes";
        String reader = guarded.token("read:*");
        String actor = guarded.token("read:*", "act:*");
        try (CapturedLog log = new CapturedLog()) {
            assertEquals("403 forbidden", GuardedSite.error(send(HttpMethod.GET, path, reader, Buffer.buffer())));
            assertEquals(
                    "one", send(HttpMethod.GET, path, actor, Buffer.buffer()).bodyAsString());
            assertEquals(
                    204,
                    send(HttpMethod.PUT, NAMES + "/a", actor, Buffer.buffer("x"))
                            .statusCode());
            assertEquals(
                    200, send(HttpMethod.GET, NAMES, actor, Buffer.buffer()).statusCode());
            List<String> wanted = List.of(
                    "GET notes\" outcome=forbidden", "GET notes\" outcome=done", "PUT names/:name\" outcome=done");
            Until.isTrue("they are audited: " + wanted, () -> audited(log).equals(wanted));
        }
    }

    private static List<String> audited(CapturedLog log) {
        return log.messages("pulseboard.audit").stream()
                .filter(line -> line.contains("acted action"))
                .map(line -> line.replaceAll(".*acted action=\"" + Site.BOARD + " (.*) name=.*", "$1"))
                .toList();
    }

    @Test
    void otherMethodsPathsAndBoardsAreRefused() throws IOException {
        String token = guarded.token("read:*", "act:*");
        HttpResponse<Buffer> method = send(HttpMethod.DELETE, NAMES + "/a", token, Buffer.buffer());
        assertEquals("405 method_not_allowed", GuardedSite.error(method));
        assertEquals("PUT", method.getHeader("Allow"));
        HttpResponse<Buffer> own = send(HttpMethod.DELETE, "/api/boards/test/history", token, Buffer.buffer());
        assertEquals("405 method_not_allowed", GuardedSite.error(own));
        assertEquals("GET, HEAD", own.getHeader("Allow"));
        assertEquals(
                "404 not_found",
                GuardedSite.error(send(HttpMethod.GET, "/api/boards/test/nothing", token, Buffer.buffer())));
        assertEquals(
                "404 unknown_board",
                GuardedSite.error(send(HttpMethod.GET, "/api/boards/web1/names", token, Buffer.buffer())));
    }

    @Test
    void resourceOfABoardThatHasLeftIsGone() throws IOException {
        String token = guarded.token("read:*");
        guarded.site.board.close();
        Wait.Deadline gone = new Wait.Deadline("end of the board");
        while (send(HttpMethod.GET, NAMES, token, Buffer.buffer()).statusCode() != 404) {
            gone.check();
        }
        assertEquals("404 unknown_board", GuardedSite.error(send(HttpMethod.GET, NAMES, token, Buffer.buffer())));
    }
}

package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a push service gets; that a browser can read it is shown by PushCryptoTest and client/push.test.js. */
@ExtendWith(VertxExtension.class)
class PushTest {

    @TempDir
    Path folder;

    private Receiver service;
    private PushBrowsers browsers;
    private Channel channel;
    private ChannelMaker maker;

    @BeforeEach
    void start(Vertx vertx) {
        service = Receiver.start(vertx);
        browsers = new PushBrowsers(folder);
        maker = new ChannelMaker(vertx, folder);
        channel = maker.of(JsonObject.of("kind", "push", "contact", "mailto:ops@example.net", "allow", "127.0.0.1"));
        service.answers(201, "");
    }

    private void add(String path, String user) throws IOException {
        JsonObject json = PushCryptoTest.browser(service.address() + path).toJson();
        browsers.add(json, user);
    }

    private List<String> kept() throws IOException {
        return browsers.all().stream().map(each -> each.endpoint().getPath()).toList();
    }

    @Test
    void serviceIsToldWhoSendsHowUrgentItIsAndWhatItReplaces() throws IOException {
        add("/one", "ann");
        assertEquals(
                "taken for 1 of 1 browsers", channel.send(Messages.firing()).await());
        Receiver.Received one = service.one();
        assertEquals("POST /one", one.request().method() + " " + one.request().uri());
        assertEquals("aes128gcm", one.header("Content-Encoding"));
        assertEquals("86400", one.header("TTL"));
        assertEquals("high", one.header("Urgency"));
        assertEquals("a1b2c3d4e5f60718", one.header("Topic"));
        String authorization = one.header("Authorization");
        assertTrue(authorization.matches("vapid t=[^.]+\\.[^.]+\\.[^.]+, k=" + browsers.publicKey()), authorization);
    }

    @Test
    void browserThatIsGoneIsForgotten() throws IOException {
        add("/gone", "ann");
        add("/here", "ann");
        service.answer = request -> request.response()
                .setStatusCode(request.uri().equals("/gone") ? 410 : 201)
                .end();
        assertEquals(
                "taken for 1 of 2 browsers, 1 forgotten, because their push service knows them no more",
                channel.send(Messages.firing()).await());
        assertEquals(List.of("/here"), kept());
    }

    @Test
    void secondTryGoesOnlyToThoseWhoHaveItNot() throws IOException {
        add("/one", "ann");
        add("/two", "bob");
        service.answer = request -> answer(request, 503);
        ChannelFailure failure = ChannelMaker.failure(channel.send(Messages.firing()));
        assertEquals(9, failure.retryAfterSeconds());
        service.answer = request -> answer(request, 201);
        assertEquals(
                "taken for 2 of 2 browsers", channel.send(Messages.firing()).await());
        assertEquals(
                1,
                service.received.stream()
                        .filter(each -> each.request().uri().equals("/one"))
                        .count());
        assertEquals(
                2,
                service.received.stream()
                        .filter(each -> each.request().uri().equals("/two"))
                        .count());
    }

    private static void answer(HttpServerRequest request, int two) {
        int status = request.uri().equals("/two") ? two : 201;
        request.response().setStatusCode(status).putHeader("Retry-After", "9").end();
    }

    @Test
    void longAndHostileMessageFits() throws IOException {
        add("/one", "ann");
        channel.send(Messages.hostile()).await();
        int length = Integer.parseInt(service.one().header("Content-Length"));
        assertTrue(length <= PushCrypto.MOST_BYTES, () -> length + " bytes");
    }

    @Test
    void withoutBrowsersItSaysWhatToDo() {
        assertEquals(
                "no browser wants messages yet: open the page in one and switch them on there",
                ChannelMaker.failure(channel.send(Messages.firing())).getMessage());
    }

    @Test
    void keyIsMadeOnceAndIsNobodyElses() throws Exception {
        String key = browsers.publicKey();
        assertEquals(key, new PushBrowsers(folder).publicKey());
        add("/one", "ann");
        for (String file : List.of("push-key.json", "push-browsers.json")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
        }
    }

    @Test
    void userHasHisOwnBrowsersAndNotTooMany() throws IOException {
        for (int i = 0; i <= PushBrowsers.MOST_OF_USER; i++) {
            add("/" + i, "ann");
        }
        add("/bob", "bob");
        assertEquals(PushBrowsers.MOST_OF_USER + 1, kept().size());
        assertTrue(!kept().contains("/0"));
        assertTrue(!browsers.remove(service.address() + "/bob", "ann"));
        assertTrue(browsers.remove(service.address() + "/bob", "bob"));
    }

    /** As one does whose account is removed. */
    @Test
    void whoMayNotSeeTheAlertsAnyMoreIsSentNothingAndForgotten() throws IOException {
        add("/ann", "ann");
        add("/bob", "bob");
        maker.readers = only("ann");
        Channel strict =
                maker.of(JsonObject.of("kind", "push", "contact", "mailto:ops@example.net", "allow", "127.0.0.1"));
        assertEquals("taken for 1 of 1 browsers", strict.send(Messages.firing()).await());
        assertEquals("/ann", service.one().request().path());
        assertEquals(List.of("/ann"), kept());
    }

    private static Readers only(String one) {
        return new Readers() {
            @Override
            public boolean mayRead(String user) {
                return user.equals(one);
            }

            @Override
            public boolean hasRole(String user, String role) {
                return user.equals(one);
            }
        };
    }

    @Test
    void channelMayBeForSomeUsersOnly() throws IOException {
        add("/ann", "ann");
        add("/bob", "bob");
        Channel bobs = maker.of(JsonObject.of("kind", "push", "contact", "mailto:ops@example.net", "allow", "127.0.0.1")
                .put("users", "bob"));
        assertEquals("taken for 1 of 1 browsers", bobs.send(Messages.firing()).await());
        assertEquals("/bob", service.one().request().path());
        assertEquals(List.of("/ann", "/bob"), kept());
    }

    @Test
    void whatIsNoBrowserIsRefused() {
        JsonObject good = PushCryptoTest.browser("https://push.example/").toJson();
        for (String key : List.of("endpoint", "p256dh", "auth")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> browsers.add(good.copy().put(key, "x!"), "ann"));
        }
    }

    /** A browser says itself where to send to, so this is how somebody could reach what listens on this machine only. */
    @Test
    void addressOfThisMachineIsRefused(Vertx vertx) throws IOException {
        add("/one", "ann");
        Channel strict =
                new ChannelMaker(vertx, folder).of(JsonObject.of("kind", "push", "contact", "mailto:ops@example.net"));
        ChannelFailure failure = ChannelMaker.failure(strict.send(Messages.firing()));
        assertTrue(
                ChannelMaker.told(failure).contains("nothing is sent unless it is listed"), ChannelMaker.told(failure));
        assertEquals(0, service.received.size());
    }
}

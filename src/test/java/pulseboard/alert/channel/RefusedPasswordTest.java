package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.alert.AlertConfig;
import pulseboard.alert.AlertVerticle;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.RuleInfo;
import pulseboard.web.CapturedLog;

/** The alerts as they are, with a mail server that refuses the password, and says it in its answer. */
class RefusedPasswordTest {

    private static final int SECONDS = 120;
    private static final String PASSWORD = "corr3ct horse";

    private final Vertx vertx = Vertx.vertx();
    private GreenMail server;
    private Receiver receiver;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("ops@example.net", "ops", PASSWORD);
        server.start();
        receiver = Receiver.start(vertx);
        Files.writeString(folder.resolve("password"), PASSWORD);
        await(vertx.deployVerticle(new DirectoryVerticle()));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }

    private void write(int port) throws Exception {
        Path files = Files.createDirectories(folder.resolve("alerts.d"));
        Files.writeString(
                files.resolve("messages.yaml"),
                String.format("""
                channels:
                  mail: {kind: mail, host: 127.0.0.1, port: %d, user: ops, passwordFile: "%s", from: pulse@mon.example, to: [ops@example.net]}
                  hook: {kind: webhook, url: "%s", allow: [127.0.0.1]}
                routes:
                  - {name: all, channels: [mail], wait: 0s}
                """, port, folder.resolve("password"), receiver.address()));
    }

    private JsonObject mailOnBoard() throws Exception {
        return await(vertx.eventBus().<JsonObject>request(Addresses.snapshot("alerts"), new JsonObject()))
                .body()
                .getJsonObject("state")
                .getJsonObject("channels")
                .getJsonObject("mail");
    }

    @Test
    void isShownInTheServersWordsAnotherChannelIsToldAndNothingIsLost() throws Exception {
        MailFront refusing = MailFront.startEcho(vertx);
        write(refusing.port());
        List<String> logged;
        try (CapturedLog log = new CapturedLog()) {
            AlertConfig config =
                    new AlertConfig(true, folder.resolve("alerts.d").toString(), "");
            await(vertx.deployVerticle(new AlertVerticle(config, folder, "web1", Readers.ALL)));
            FeedPublisher tank = new FeedPublisher(
                    vertx,
                    BoardInfo.of("tank", "Tank")
                            .judgedBy(List.of(RuleInfo.of("empty", "litres", "there are {{value}} litres left")
                                    .alarms("below 5"))));
            await(tank.ready());
            tank.publish(JsonObject.of("litres", 3));
            Until.isTrue("the other channel is told", () -> !receiver.received.isEmpty());
            String told = receiver.one().json().getString("subject");
            assertTrue(told.startsWith("the channel mail takes no messages (") && told.contains("535"), told);
            assertFalse(receiver.one().body().contains("horse"), told);
            JsonObject mail = mailOnBoard();
            assertFalse(mail.getBoolean("ok"));
            assertEquals(1, mail.getInteger("waitingCount"));
            assertTrue(mail.getString("reason").contains("535"), mail::encode);
            assertFalse(mail.encode().contains("horse"), mail::encode);
            write(server.getSmtp().getPort());
            Until.isTrue("the mail comes", () -> server.getReceivedMessages().length > 0);
            assertEquals("there are 3 litres left", server.getReceivedMessages()[0].getSubject());
            Until.isTrue("it works again", () -> mailOnBoard().getBoolean("ok"));
            logged = log.lines(Level.INFO);
        }
        assertTrue(logged.stream().noneMatch(line -> line.contains("horse")), logged::toString);
    }
}

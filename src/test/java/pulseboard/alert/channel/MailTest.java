package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.SelfSigned;
import pulseboard.web.CapturedLog;

@ExtendWith(VertxExtension.class)
class MailTest {

    @TempDir
    Path folder;

    private Vertx vertx;
    private ChannelMaker maker;
    private GreenMail server;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        maker = new ChannelMaker(vertx, folder);
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("ops@example.net", "ops", "corr3ct horse");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private JsonObject settings() {
        return JsonObject.of(
                        "kind",
                        "mail",
                        "host",
                        "127.0.0.1",
                        "port",
                        server.getSmtp().getPort())
                .put("from", "Pulseboard <pulse@mon.example>")
                .put("to", JsonArray.of("ops@example.net"));
    }

    private JsonObject withLogin(String password) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), password);
        return settings().put("user", "ops").put("passwordFile", file.toString());
    }

    private MimeMessage one() {
        MimeMessage[] mails = server.getReceivedMessages();
        assertEquals(1, mails.length);
        return mails[0];
    }

    private static String body(MimeMessage mail, int part) throws Exception {
        return ((Multipart) mail.getContent()).getBodyPart(part).getContent().toString();
    }

    @Test
    void mailHasTextAndHtmlAndSaysThatItIsAutomatic() throws Exception {
        String answer =
                maker.of(withLogin("corr3ct horse")).send(Messages.firing()).await();
        assertEquals("127.0.0.1 took it for ops@example.net", answer);
        MimeMessage mail = one();
        assertEquals("/srv is 95 % full", mail.getSubject());
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted", ","));
        assertEquals("<m-1.pulseboard@mon.example>", mail.getMessageID());
        assertEquals("Sat, 29 Nov 2025 07:06:40 GMT", mail.getHeader("Date", ","));
        String plain = body(mail, 0);
        assertTrue(plain.contains("CRITICAL: /srv is 95 % full\r\nfilesystem-full of host, since 20"), plain);
        assertTrue(plain.contains("What to do: du -xh --max-depth=1 /srv"), plain);
        assertTrue(plain.contains("https://mon.example/#/boards/alerts"), plain);
        String html = body(mail, 1);
        assertTrue(html.contains("<b>CRITICAL</b>: /srv is 95 % full"), html);
    }

    @Test
    void allMailsOnOneAlertAreOneThread() throws Exception {
        Channel channel = maker.of(settings());
        channel.send(Messages.firing()).await();
        channel.send(Messages.resolved()).await();
        List<String> threads = List.of(server.getReceivedMessages()).stream()
                .map(each -> header(each, "References"))
                .toList();
        String thread = "<alert.a1b2c3d4e5f60718." + (Messages.AT - 60_000) + "@mon.example>";
        assertEquals(List.of(thread, thread), threads);
        assertTrue(body(server.getReceivedMessages()[1], 0).contains("OVER: /srv is 95 % full\r\n"));
        assertTrue(body(server.getReceivedMessages()[1], 0).contains(" for 1 min\r\n"));
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, ",");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusedPasswordIsToldInTheServersWordsWithoutIt() throws Exception {
        ChannelFailure failure =
                ChannelMaker.failure(maker.of(withLogin("wr0ng horse")).send(Messages.firing()));
        assertEquals(
                "127.0.0.1: AUTH PLAIN failed: 535 5.7.8 Authentication credentials invalid", failure.getMessage());
        assertFalse(failure.isForGood());
        assertEquals(0, server.getReceivedMessages().length);
    }

    /** GreenMail has no STARTTLS. */
    @Test
    void nothingIsSentWithoutTlsWhereItIsRequired() throws Exception {
        ChannelFailure failure = ChannelMaker.failure(
                maker.of(withLogin("corr3ct horse").put("tls", "starttls")).send(Messages.firing()));
        assertEquals(
                "127.0.0.1: it offers no STARTTLS, without which nothing is sent; when it speaks TLS from the beginning, set tls: tls",
                failure.getMessage());
        assertEquals(0, server.getReceivedMessages().length);
    }

    @Test
    void startTlsComesBeforeNameAndPassword() throws Exception {
        MailFront front = MailFront.start(vertx, own(), server.getSmtp().getPort());
        JsonObject settings = withLogin("corr3ct horse").put("port", front.port());
        settings.put("tls", "starttls").put("caFile", folder.resolve("own.pem").toString());
        maker.of(settings).send(Messages.firing()).await();
        assertEquals(List.of("EHLO web1", "STARTTLS"), front.readable);
        assertEquals("/srv is 95 % full", one().getSubject());
    }

    @Test
    void tlsFromTheBeginningChecksTheCertificate() throws Exception {
        MailFront front = MailFront.startSecure(vertx, own(), server.getSmtp().getPort());
        JsonObject settings =
                withLogin("corr3ct horse").put("port", front.port()).put("tls", "tls");
        ChannelFailure untrusted = ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
        assertTrue(ChannelMaker.told(untrusted).contains("caFile"), ChannelMaker.told(untrusted));
        settings.put("caFile", folder.resolve("own.pem").toString());
        maker.of(settings).send(Messages.firing()).await();
        assertEquals("/srv is 95 % full", one().getSubject());
        // The certificate is for 127.0.0.1 and not for this name.
        ChannelMaker.failure(maker.of(settings.put("host", "localhost")).send(Messages.firing()));
        assertEquals(1, server.getReceivedMessages().length);
    }

    private SelfSigned own() throws Exception {
        return SelfSigned.in(folder, "127.0.0.1");
    }

    @Test
    void serverThatRepeatsThePasswordMakesNobodyTellIt() throws Exception {
        MailFront front = MailFront.startEcho(vertx);
        String answer;
        List<String> logged;
        try (CapturedLog log = new CapturedLog()) {
            answer = ChannelMaker.told(
                    ChannelMaker.failure(maker.of(withLogin("corr3ct horse").put("port", front.port()))
                            .send(Messages.firing())));
            logged = log.lines(Level.INFO);
        }
        String encoded = Base64.getEncoder().encodeToString("\0ops\0corr3ct horse".getBytes(StandardCharsets.UTF_8));
        assertTrue(front.readable.contains("AUTH PLAIN " + encoded), front.readable::toString);
        for (String line : Stream.concat(Stream.of(answer), logged.stream()).toList()) {
            assertFalse(line.contains("horse") || line.contains(encoded), line);
        }
    }

    @Test
    void hostileTextStaysTextAndMakesNoHeader() throws Exception {
        maker.of(settings()).send(Messages.hostile()).await();
        MimeMessage mail = one();
        assertEquals(null, mail.getHeader("Bcc"));
        assertTrue(mail.getSubject().startsWith("{{subject}} @everyone <!channel> <b>bold</b>"), mail.getSubject());
        assertEquals(200, mail.getSubject().length());
        String html = body(mail, 1);
        assertFalse(html.contains("<b>bold"), html);
        assertTrue(html.contains("&lt;b&gt;bold&lt;/b&gt;"), html);
        assertTrue(body(mail, 0).contains("{{subject}} @everyone <!channel> <b>bold</b> *x*"));
        assertFalse(body(mail, 0).contains("\nBcc:"));
    }

    @Test
    void testLooksLikeOne() throws Exception {
        maker.of(settings()).send(Messages.test()).await();
        assertEquals("Test of Pulseboard on web1", one().getSubject());
        assertTrue(body(one(), 0).contains("This is a test of this channel. Nothing is wrong."));
    }

    /** The loader of the files gives a Long. */
    @Test
    void portIsAnyWholeNumberThatIsOne() {
        maker.of(settings().put("port", 587L));
        for (Object wrong : new Object[] {0, 65_536L, 5.5, "587", -1, 1e30}) {
            assertEquals(
                    "channels.ops.port must be a whole number from 1 to 65535",
                    maker.mistake(settings().put("port", wrong)));
        }
    }

    @Test
    void settingsAreChecked() {
        assertEquals(
                "channels.ops.to must be a mail address such as ops@example.net or Ops <ops@example.net>",
                maker.mistake(settings().put("to", "ops")));
        assertEquals(
                "channels.ops.from must be a text of one line",
                maker.mistake(settings().put("from", "a@b.example\nBcc: c@d.example")));
        assertEquals(
                "channels.ops.tls must be starttls or tls",
                maker.mistake(settings().put("tls", "none")));
        assertEquals(
                "channels.ops.passwordFile is missing: the file that holds it, or passwordEnv: an environment variable",
                maker.mistake(settings().put("user", "ops")));
    }
}

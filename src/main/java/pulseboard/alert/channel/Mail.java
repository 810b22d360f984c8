package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Sends each message as a mail, by one connection to one server. */
final class Mail implements Channel {

    static final Set<String> KEYS =
            Set.of("host", "port", "tls", "user", "passwordFile", "passwordEnv", "from", "to", "caFile");

    private static final String STARTTLS = "starttls";
    private static final String TLS = "tls";
    private static final int SUBMISSION_PORT = 587;
    private static final int TLS_PORT = 465;
    private static final int MOST_PORT = 65_535;
    private static final int MOST_RECIPIENTS = 50;
    private static final int SUBJECT_CHARACTERS = 200;
    private static final int SECONDS = 30;

    /** In one mail on many alerts the first ones have to do. */
    private static final int MOST_THREADS = 10;

    private static final String ADDRESS = "[^\\s<>@,;\"]{1,64}@[^\\s<>@,;\"]{1,255}";

    private final Vertx vertx;
    private final ChannelContext context;
    private final String host;
    private final int port;
    private final String tls;
    private final String user;
    private final Secret password;
    private final String from;
    private final List<String> to;
    private final String caFile;

    Mail(Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        host = settings.required("host", "mail.example.net");
        tls = settings.oneOf("tls", "", List.of(STARTTLS, TLS));
        port = settings.number("port", tls.equals(TLS) ? TLS_PORT : SUBMISSION_PORT, 1, MOST_PORT);
        user = settings.text("user", "");
        password = user.isEmpty() ? settings.secret("password") : settings.requiredSecret("password");
        if (user.isEmpty() && !password.isNone()) {
            throw settings.mistake("user", "is missing: to sign in, a server wants a name as well as a password");
        }
        from = address(settings, "from", settings.required("from", "Pulseboard <pulseboard@example.net>"));
        to = settings.texts("to");
        if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
            throw settings.mistake("to", "must list 1 to " + MOST_RECIPIENTS + " addresses, such as [ops@example.net]");
        }
        to.forEach(each -> address(settings, "to", each));
        caFile = settings.text("caFile", "");
    }

    private static String address(ChannelSettings settings, String key, String text) {
        if (!text.matches(ADDRESS + "|[^<>@,;\"]{1,100} <" + ADDRESS + ">")) {
            throw settings.mistake(key, "must be a mail address such as ops@example.net or Ops <ops@example.net>");
        }
        return text;
    }

    @Override
    public Future<String> send(Message message) {
        return password.read(vertx, context)
                .compose(secret -> isOwn().compose(isOwn -> deliver(mail(message), config(message, secret, isOwn)))
                        .map(this::answer)
                        .timeout(SECONDS, TimeUnit.SECONDS)
                        .recover(failure -> Future.failedFuture(told(failure, secret))));
    }

    /** Its own client, because the password may be another one the next time. */
    private Future<MailResult> deliver(MailMessage mail, MailConfig config) {
        MailClient client = MailClient.create(vertx, config);
        return client.sendMail(mail).eventually(() -> client.close().otherwiseEmpty());
    }

    /**
     * Whether the server is this machine, where nobody listens between. Java remembers the addresses for a while, so that nothing
     * is looked up on the event loop afterwards.
     */
    private Future<Boolean> isOwn() {
        return vertx.executeBlocking(() -> Stream.of(context.lookup().all(host)).allMatch(AddressRules::isOwn), false);
    }

    private MailConfig config(Message message, String secret, boolean isOwn) {
        MailConfig config = new MailConfig(host, port)
                .setKeepAlive(false)
                .setMaxPoolSize(1)
                .setAllowRcptErrors(true)
                .setOwnHostname(Texts.word(message.host()))
                .setUserAgent("pulseboard")
                .setSsl(tls.equals(TLS))
                .setStarttls(startTls(isOwn))
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS))
                .setLogin(LoginOption.DISABLED);
        // How names in certificates are checked is left to the client, see docs/decisions/alerts.md.
        if (!user.isEmpty()) {
            config.setLogin(LoginOption.REQUIRED)
                    .setUsername(user)
                    .setPassword(secret)
                    .setAuthMethods("PLAIN LOGIN");
        }
        if (!caFile.isEmpty()) {
            config.setTrustOptions(new PemTrustOptions().addCertPath(caFile));
        }
        return config;
    }

    private StartTLSOptions startTls(boolean isOwn) {
        if (tls.equals(TLS)) {
            return StartTLSOptions.DISABLED;
        }
        return tls.equals(STARTTLS) || !isOwn ? StartTLSOptions.REQUIRED : StartTLSOptions.OPTIONAL;
    }

    private MailMessage mail(Message message) {
        MailText text = new MailText(message, ZoneId.systemDefault());
        return new MailMessage()
                .setFrom(from)
                .setTo(to)
                .setSubject(Texts.cut(MessageText.subject(message), SUBJECT_CHARACTERS))
                .setText(text.plain())
                .setHtml(text.html())
                .setHeaders(headers(message));
    }

    /** What is sent twice has the same Message-ID; what is about the same alert refers to the same one, which was never sent. */
    private MultiMap headers(Message message) {
        String domain = from.substring(from.lastIndexOf('@') + 1).replace(">", "");
        List<String> threads = message.items().stream()
                .limit(MOST_THREADS)
                .map(item -> "<alert." + Texts.word(item.alertId()) + "." + item.firingSince() + "@" + domain + ">")
                .toList();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + Texts.word(message.id()) + ".pulseboard@" + domain + ">")
                .set(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.ofEpochMilli(message.at()).atOffset(ZoneOffset.UTC)))
                .set("Auto-Submitted", "auto-generated");
        if (!threads.isEmpty()) {
            headers.set("References", String.join(" ", threads));
            headers.set("In-Reply-To", threads.get(0));
        }
        return headers;
    }

    private String answer(MailResult result) {
        List<String> taken = result.getRecipients();
        String refused = to.stream()
                .filter(each -> taken.stream().noneMatch(each::contains))
                .collect(Collectors.joining(", "));
        return host + " took it for " + String.join(", ", taken)
                + (refused.isEmpty() ? "" : ", but not for " + refused);
    }

    private ChannelFailure told(Throwable failure, String secret) {
        if (failure instanceof ChannelFailure already) {
            return already;
        }
        return new ChannelFailure(
                host + ": " + Texts.answer(what(failure), List.of(secret, "\0" + user + "\0" + secret)), false, 0);
    }

    private static String what(Throwable failure) {
        if (failure instanceof SMTPException smtp) {
            return String.valueOf(smtp.getMessage());
        }
        if (failure instanceof TimeoutException) {
            return "no answer within " + SECONDS + " s";
        }
        if (failure instanceof UnknownHostException) {
            return "no such name";
        }
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("STARTTLS required")) {
            return "it offers no STARTTLS, without which nothing is sent; when it speaks TLS from the beginning, set tls: tls";
        }
        boolean isTrust = failure instanceof SSLException || failure.getCause() instanceof SSLException;
        return text + (isTrust ? "; a certificate of an authority of one's own is named as caFile" : "");
    }
}

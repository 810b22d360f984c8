package pulseboard.board.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What hands out credentials at Amazon, as its documents say that it answers: STS (a role by a web identity, and by other credentials), SSO,
 * the metadata service of a machine, version 2, and that of a container. Those that it gives are good for {@link S3Server}.
 */
public final class AwsStandIn implements AutoCloseable {

    /** What proves who one is, to whichever of them. */
    public static final String TOKEN = "a-token-that-nobody-is-told";

    private static final String STS = "https://sts.amazonaws.com/doc/2011-06-15/";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public AwsStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    /** Where it listens. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked, such as {@code AssumeRole}, or the path. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        String said = body.contains("Action=") ? body.replaceAll(".*Action=(\\w+).*", "$1") : path;
        asked.add(said);
        switch (said) {
            case "AssumeRoleWithWebIdentity" -> sts(exchange, said, body.contains("WebIdentityToken=" + TOKEN));
            case "AssumeRole" -> sts(exchange, said, has(exchange, "Authorization", "Credential=" + S3Server.KEY));
            case "/federation/credentials" ->
                json(
                        exchange,
                        has(exchange, "x-amz-sso_bearer_token", TOKEN),
                        new JsonObject()
                                .put(
                                        "roleCredentials",
                                        new JsonObject()
                                                .put("accessKeyId", S3Server.KEY)
                                                .put("secretAccessKey", S3Server.SECRET)
                                                .put("sessionToken", "session")
                                                .put("expiration", end().toEpochMilli())));
            case "/latest/api/token" ->
                send(exchange, exchange.getRequestMethod().equals("PUT") ? 200 : 405, "text/plain", "for-this-session");
            case "/latest/meta-data/iam/security-credentials/" ->
                send(
                        exchange,
                        has(exchange, "X-aws-ec2-metadata-token", "for-this-session") ? 200 : 401,
                        "text/plain",
                        "backup");
            case "/latest/meta-data/iam/security-credentials/backup" ->
                json(exchange, has(exchange, "X-aws-ec2-metadata-token", "for-this-session"), keys());
            case "/container" -> json(exchange, has(exchange, "Authorization", TOKEN), keys());
            default -> send(exchange, 404, "text/plain", "");
        }
    }

    private static Instant end() {
        return Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    }

    private static JsonObject keys() {
        return new JsonObject()
                .put("Code", "Success")
                .put("Type", "AWS-HMAC")
                .put(
                        "LastUpdated",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("AccessKeyId", S3Server.KEY)
                .put("SecretAccessKey", S3Server.SECRET)
                .put("Token", "session")
                .put("Expiration", end().toString());
    }

    private static boolean has(HttpExchange exchange, String header, String text) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(header)).contains(text);
    }

    private static void json(HttpExchange exchange, boolean isAllowed, JsonObject body) throws IOException {
        JsonObject refused = new JsonObject().put("message", "Session token not found or invalid");
        send(exchange, isAllowed ? 200 : 401, "application/json", (isAllowed ? body : refused).encode());
    }

    private static void sts(HttpExchange exchange, String action, boolean isAllowed) throws IOException {
        String given = "<" + action + "Response xmlns=\"" + STS + "\"><" + action + "Result><Credentials><AccessKeyId>"
                + S3Server.KEY + "</AccessKeyId><SecretAccessKey>" + S3Server.SECRET
                + "</SecretAccessKey><SessionToken>session</SessionToken><Expiration>" + end()
                + "</Expiration></Credentials></" + action + "Result></" + action + "Response>";
        String refused = "<ErrorResponse xmlns=\"" + STS
                + "\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not" + " authorized to perform sts:"
                + action + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
        send(exchange, isAllowed ? 200 : 403, "text/xml", isAllowed ? given : refused);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

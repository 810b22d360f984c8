package pulseboard.board.uploads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.SelfSigned;

/**
 * Stands in for Google Drive, as far as rclone's own Drive backend asks for it: service accounts, folders, uploads, and Drive's words of
 * refusal. rclone believes it to be www.googleapis.com, by a proxy and a certificate of its own.
 */
public final class DriveServer implements AutoCloseable {

    /** What an account is at when it is refused. */
    public enum Act {
        /** Asks for files. */
        LIST,
        /** Makes a folder. */
        FOLDER,
        /** Sends a file. */
        UPLOAD
    }

    /** How Drive refuses something: a word, and a sentence. */
    public record Words(String reason, String message) {}

    private record Refusal(Act act, Words words, AtomicInteger left) {}

    /** It takes a while, and nobody looks at it. */
    private static final String KEY = SelfSigned.rsaKey();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // Else each answer waits for 40 ms.
    }

    private static final Pattern PARENT = Pattern.compile("'([^']+)' in parents");
    private static final Pattern NAME = Pattern.compile("name='((?:[^'\\\\]|\\\\.)*)'");

    private final Path folder;
    private final HttpsServer server;
    private final HttpServer tokens;
    private final TunnelProxy proxy;
    private final SelfSigned certificate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DriveFiles files = new DriveFiles();
    private final Map<String, Long> used = new ConcurrentHashMap<>();
    private final Map<String, Long> quotas = new ConcurrentHashMap<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Starts it. */
    public DriveServer(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = Files.createDirectories(folder);
        certificate = SelfSigned.forName(folder, "www.googleapis.com");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpsServer.create(any, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context(folder)));
        server.createContext("/", exchange -> answered(exchange, this::answer));
        tokens = HttpServer.create(any, 0);
        tokens.createContext("/", exchange -> answered(exchange, DriveServer::token));
        for (HttpServer each : List.of(server, tokens)) {
            each.setExecutor(threads);
            each.start();
        }
        proxy = new TunnelProxy(server.getAddress().getPort());
    }

    /** This rclone, which finds it where Google is. */
    public String program(RcloneTools rclone) throws IOException {
        Path script = Files.writeString(
                folder.resolve("rclone.sh"),
                "#!/bin/sh\nexport HTTPS_PROXY=http://127.0.0.1:" + proxy.port() + " SSL_CERT_FILE='"
                        + certificate.certificate() + "'\nexec '" + rclone.program() + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"))
                .toString();
    }

    /** A remote of rclone's configuration, which needs the file of an account. */
    public static String remote(String name) {
        return "[" + name + "]\ntype = drive\nscope = drive\npacer_min_sleep = 1ms\n";
    }

    /** Makes an account that may send so many bytes; returns its file. */
    public Path account(String name, long quota) throws IOException {
        String email = name + "@stand-in.example";
        quotas.put(email, quota);
        JsonObject json = new JsonObject()
                .put("type", "service_account")
                .put("client_email", email)
                .put("private_key_id", "1")
                .put("private_key", KEY)
                .put("token_uri", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
        return Files.writeString(folder.resolve(name + ".json"), json.encode());
    }

    /** From now on this account is refused so often what it is at, with Drive's words. */
    public void refuse(String name, Act act, int times, Words words) {
        refusals.put(name + "@stand-in.example", new Refusal(act, words, new AtomicInteger(times)));
    }

    /** How much an account has sent. */
    public long used(String name) {
        return used.getOrDefault(name + "@stand-in.example", 0L);
    }

    /** What is there: sizes by path. */
    public Map<String, Long> tree() {
        return files.tree();
    }

    /** What was asked, for whoever wonders. */
    public List<String> asked() {
        return asked;
    }

    private interface Answerer {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static void answered(HttpExchange exchange, Answerer by) throws IOException {
        try (exchange) {
            by.answer(exchange);
        }
    }

    /** The token is the account's own address, which its signed question names: nobody checks the signature. */
    private static void token(HttpExchange exchange) throws IOException {
        String claims = text(exchange).replaceFirst("^.*assertion=", "").split("\\.", -1)[1];
        String email = new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .getString("iss");
        say(
                exchange,
                200,
                new JsonObject()
                        .put("access_token", email)
                        .put("token_type", "Bearer")
                        .put("expires_in", 3_600));
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String who = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        String path = exchange.getRequestURI().getPath();
        String query =
                URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), StandardCharsets.UTF_8);
        String method = exchange.getRequestMethod();
        asked.add(who + " " + method + " " + path + " " + query);
        if (path.startsWith("/upload/")) {
            upload(exchange, who);
        } else if (method.equals("POST") && path.equals("/drive/v3/files")) {
            JsonObject made = new JsonObject(text(exchange));
            if (!isRefused(exchange, who, Act.FOLDER)) {
                say(exchange, 200, files.add(made, new byte[0]));
            }
        } else if (path.equals("/drive/v3/files")) {
            if (!isRefused(exchange, who, Act.LIST)) {
                say(exchange, 200, new JsonObject().put("files", found(query)));
            }
        } else {
            String id = path.substring(path.lastIndexOf('/') + 1);
            boolean isGone =
                    method.equals("DELETE") || text(exchange).replace(" ", "").contains("\"trashed\":true");
            JsonObject file = isGone ? files.remove(id) : files.get(id);
            say(exchange, file.isEmpty() ? 404 : 200, file);
        }
    }

    private JsonArray found(String query) {
        Matcher parent = PARENT.matcher(query);
        Matcher name = NAME.matcher(query);
        return files.found(
                parent.find() ? parent.group(1) : "root",
                name.find() ? name.group(1).replaceAll("\\\\(.)", "$1") : "");
    }

    /** A part with what is to be known of the file, and one with the file. */
    private void upload(HttpExchange exchange, String who) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (isRefused(exchange, who, Act.UPLOAD)) {
            return;
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String boundary = text.substring(0, text.indexOf("\r\n"));
        int about = text.indexOf("\r\n\r\n") + 4;
        int aboutEnd = text.indexOf(boundary, about);
        int content = text.indexOf("\r\n\r\n", aboutEnd) + 4;
        int end = text.lastIndexOf("\r\n" + boundary);
        JsonObject file = new JsonObject(new String(body, about, aboutEnd - about, StandardCharsets.UTF_8).strip());
        byte[] bytes = Arrays.copyOfRange(body, content, end);
        long all = used.getOrDefault(who, 0L) + bytes.length;
        if (all > quotas.getOrDefault(who, Long.MAX_VALUE)) {
            refuse(exchange, new Words("userRateLimitExceeded", "User rate limit exceeded."));
            return;
        }
        used.put(who, all);
        say(exchange, 200, files.add(file, bytes));
    }

    private boolean isRefused(HttpExchange exchange, String who, Act act) throws IOException {
        Refusal refusal = refusals.get(who);
        if (refusal == null || refusal.act != act) {
            return false;
        }
        if (refusal.left.getAndDecrement() <= 0) {
            return false;
        }
        exchange.getRequestBody().readAllBytes();
        refuse(exchange, refusal.words);
        return true;
    }

    private static void refuse(HttpExchange exchange, Words words) throws IOException {
        JsonObject each = new JsonObject()
                .put("domain", "usageLimits")
                .put("reason", words.reason)
                .put("message", words.message);
        JsonObject error = new JsonObject()
                .put("code", 403)
                .put("message", words.message)
                .put("errors", new JsonArray().add(each));
        say(exchange, 403, new JsonObject().put("error", error));
    }

    private static void say(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] bytes = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        threads.shutdownNow();
        for (HttpServer each : List.of(server, tokens)) {
            new Thread(() -> each.stop(0)).start(); // That of TLS takes ten seconds, and nobody needs to wait for it.
        }
    }
}

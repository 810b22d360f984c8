package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.AwsStandIn;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;

/** Each place where credentials may be, as the variables of a real engine name it; what hands them out answers as Amazon's does. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3CredentialsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/backup";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Server server;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private AwsStandIn amazon;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.withSessions(Files.createDirectory(folder.resolve("server")));
        amazon = new AwsStandIn();
        files = new S3Case(server, folder, "credentials");
        files.file("a", 10);
    }

    @AfterEach
    void stop() {
        amazon.close();
        server.close();
    }

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** An engine that has these variables and no others of Amazon's tools. */
    private Program engine(String name, Map<String, String> variables) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of(
                "LC_ALL", "C.UTF-8",
                "HOME", folder.resolve("home").toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL_STS", amazon.address(),
                "AWS_ENDPOINT_URL_SSO", amazon.address(),
                "PULSEBOARD_S3_FOLDER", folder.resolve("runs-" + name).toString(),
                "PULSEBOARD_S3_SETTLE_SECONDS", "0"));
        all.putAll(variables);
        String source = files.source().toString();
        return Program.start(
                all,
                "s3",
                "run",
                "--source",
                source,
                "--bucket",
                "credentials",
                "--prefix",
                name + "/",
                "--endpoint",
                server.address(),
                "--display",
                "none");
    }

    /** All at once: most of it is the start of Java. */
    private Map<String, Program.End> ends(Map<String, Map<String, String>> cases) throws Exception {
        Map<String, Program> engines = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Map<String, String>> each : cases.entrySet()) {
                engines.put(each.getKey(), engine(each.getKey(), each.getValue()));
            }
            Map<String, Program.End> ends = new LinkedHashMap<>();
            for (Map.Entry<String, Program> each : engines.entrySet()) {
                ends.put(each.getKey(), each.getValue().awaitEnd());
            }
            return ends;
        } finally {
            engines.values().forEach(Program::close);
        }
    }

    private Map<String, String> profile(String name, String lines) throws Exception {
        Path file = write(
                name + ".config",
                "[profile " + name + "]\n" + lines + "\n[profile source]\naws_access_key_id = " + S3Server.KEY
                        + "\naws_secret_access_key = " + S3Server.SECRET
                        + "\n[sso-session work]\nsso_region = us-east-1\n"
                        + "sso_start_url = https://work.example/start\n[sso-session old]\nsso_region = us-east-1\n"
                        + "sso_start_url = https://old.example/start\n");
        return Map.of("AWS_CONFIG_FILE", file.toString(), "AWS_PROFILE", name);
    }

    private static String sso(String session) {
        return "sso_session = " + session + "\nsso_account_id = 123456789012\nsso_role_name = backup";
    }

    /** What {@code aws sso login} leaves behind. */
    private void signIn(String session, Instant until) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(session.getBytes(StandardCharsets.UTF_8));
        write(
                "home/.aws/sso/cache/" + HexFormat.of().formatHex(digest) + ".json",
                new JsonObject()
                        .put("accessToken", AwsStandIn.TOKEN)
                        .put("expiresAt", until.toString())
                        .put("region", "us-east-1")
                        .put("startUrl", "https://" + session + ".example/start")
                        .encode());
    }

    private Map<String, String> webIdentity(String token) throws Exception {
        return Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", write("token-" + token, token).toString(), "AWS_ROLE_ARN", ROLE);
    }

    private String process(String name, String script) throws Exception {
        return "credential_process = sh " + write(name + ".sh", script);
    }

    @Test
    void eachPlaceIsFound() throws Exception {
        signIn("work", Instant.now().plusSeconds(3_600));
        String printed = new JsonObject()
                .put("Version", 1)
                .put("AccessKeyId", S3Server.KEY)
                .put("SecretAccessKey", S3Server.SECRET)
                .encode();
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        cases.put("process", profile("process", process("good", "echo '" + printed + "'")));
        cases.put("role", profile("role", "source_profile = source\nrole_arn = " + ROLE));
        cases.put("sso", profile("sso", sso("work")));
        cases.put("web", webIdentity(AwsStandIn.TOKEN));
        cases.put(
                "container",
                Map.of(
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        amazon.address() + "/container",
                        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                        AwsStandIn.TOKEN));
        cases.put("machine", Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", amazon.address()));
        ends(cases).forEach((name, end) -> {
            assertEquals(0, end.code(), name + ": " + end);
            assertTrue(Files.exists(files.objects().resolve(name + "/a")), name);
        });
        assertTrue(
                amazon.asked()
                        .containsAll(List.of(
                                "AssumeRole",
                                "AssumeRoleWithWebIdentity",
                                "/federation/credentials",
                                "/container",
                                "/latest/api/token",
                                "/latest/meta-data/iam/security-credentials/backup")),
                () -> amazon.asked().toString());
    }

    @Test
    void whyThereAreNoneIsToldInOneLine() throws Exception {
        signIn("old", Instant.now().minusSeconds(60));
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        cases.put("process", profile("bad", process("bad", "echo 'the vault is locked' >&2; exit 3")));
        cases.put("sso", profile("expired", sso("old")));
        cases.put("web", webIdentity("another-token"));
        cases.put("profile", profile("there", "region = us-east-1"));
        cases.put("machine", Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.address()));
        Map<String, String> words = Map.of(
                "process", "the profile (AWS_PROFILE): .*the vault is locked",
                "sso", "the profile (AWS_PROFILE): .*aws sso login",
                "web",
                        "web identity (AWS_WEB_IDENTITY_TOKEN_FILE): Not authorized to perform sts:AssumeRoleWithWebIdentity",
                "profile", "the profile (AWS_PROFILE): .*'there'",
                "machine", "the machine's role");
        ends(cases).forEach((name, end) -> {
            List<String> told = end.errors().stream()
                    .filter(line -> line.contains("[noCredentials]"))
                    .toList();
            assertEquals(1, end.code(), name + ": " + end);
            assertEquals(1, told.size(), name + ": " + end);
            String wanted = "there are no credentials; "
                    + String.valueOf(words.get(name)).replace("(", "\\(").replace(")", "\\)");
            assertTrue(told.get(0).matches(wanted + ".*"), name + ": " + told);
            assertTrue(told.get(0).length() < 450 && !told.get(0).contains("null"), name + ": " + told);
            assertFalse(
                    end.toString().contains("another-token") || end.toString().contains(AwsStandIn.TOKEN), name);
        });
    }
}

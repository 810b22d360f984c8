package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.link.KeyPin;

/** A machine joins and leaves by commands, as people do it. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JoinProgramTest {

    @TempDir
    private Path folder;

    private HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private Path machine;

    @BeforeEach
    void haveAMachineOfItsOwn() throws IOException {
        machine = Files.createDirectory(folder.resolve("machine"));
        Files.writeString(machine.resolve("pulseboard.yaml"), "");
    }

    private Map<String, String> hubEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("XDG_STATE_HOME", folder.resolve("hub").toString());
        all.put("PULSEBOARD_FLEET_ACCEPT", "true");
        return all;
    }

    private HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void pastOfAMachineIsAskedOfTheMachineItselfWhereTheHubKeepsASummary() throws Exception {
        Map<String, String> summary = Map.of("PULSEBOARD_FLEET_KEEP", "summary");
        try (Program hub = hub(summary)) {
            URI server = hub.awaitAddress();
            assertEquals(
                    0, join(invitation(summary, server).toArray(new String[0])).code());
            String history = "/api/boards/web/host/history?from=-60s&series=cpu.busyPercent";
            try (Program agent = agent()) {
                Until.isTrue("answered", () -> get(server, history).statusCode() == 200);
                Until.isTrue("known", () -> get(server, history).body().matches("(?s).*cpu.busyPercent.*[0-9].*"));
                assertTrue(get(server, "/api/boards/web/host/series").body().contains("memory.usedPercent"));
                assertEquals(
                        404,
                        get(server, "/api/boards/web/host/history?series=none").statusCode());
                assertTrue(agent.isAlive());
            }
            Until.isTrue(
                    "it is not there to be asked", () -> get(server, history).statusCode() == 503);
        }
    }

    private Program hub(Map<String, String> more) throws IOException {
        return Program.start(hubEnvironment(more), "--port", "0");
    }

    private String state(URI server, String host) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.resolve("/api/boards/fleet")).build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonObject(answer.body())
                .getJsonObject("state", new JsonObject())
                .getJsonObject("hosts", new JsonObject())
                .getJsonObject(host, new JsonObject())
                .getString("state", "none");
    }

    /** The words of the command that an invitation prints. */
    private List<String> invitation(Map<String, String> more, URI server) throws Exception {
        try (Program command = Program.start(
                hubEnvironment(more), "fleet", "invite", "--group", "home", "--address", server.toString())) {
            Program.End end = command.awaitEnd();
            assertEquals(0, end.code(), end.errors().toString());
            String line = end.out().get(end.out().size() - 1);
            assertTrue(line.startsWith("sudo pulseboard join " + server + " "), line);
            return List.of(line.split(" ", -1)).subList(3, line.split(" ", -1).length);
        }
    }

    private Program.End join(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("join", "--config", machine.resolve("pulseboard.yaml") + ""));
        all.addAll(List.of("--name", "Web.1"));
        all.addAll(List.of(words));
        try (Program command = Program.start(Map.of(), all.toArray(new String[0]))) {
            return command.awaitEnd();
        }
    }

    private Program agent() throws IOException {
        return Program.start(
                Map.of(),
                "agent",
                "--config",
                machine.resolve("pulseboard.yaml").toString());
    }

    @Test
    void machineJoinsIsLiveAndLeaves() throws Exception {
        try (Program hub = hub(Map.of())) {
            URI server = hub.awaitAddress();
            List<String> words = invitation(Map.of(), server);
            Program.End joined = join(words.toArray(new String[0]));
            assertEquals(0, joined.code(), joined.errors().toString());
            Path kept = machine.resolve("hub.json");
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))
                            .replace("r-----", "------"),
                    "for its owner, and the group of the service where there is one");
            try (Program agent = agent()) {
                Until.isTrue("live", () -> state(server, "web").equals("live"));
                Program.End again = join(words.toArray(new String[0]));
                assertEquals(1, again.code());
                assertTrue(again.errors().toString().contains("the invitation is used up"), again.errors()::toString);
                try (Program leave =
                        Program.start(Map.of(), "leave", "--config", machine.resolve("pulseboard.yaml") + "")) {
                    Program.End left = leave.awaitEnd();
                    assertEquals(0, left.code(), left.errors().toString());
                    assertTrue(left.out().toString().contains("Left " + server), left.out()::toString);
                }
                Until.isTrue("gone", () -> state(server, "web").equals("none"));
                assertTrue(agent.isAlive());
            }
            assertFalse(Files.exists(kept));
        }
    }

    @Test
    void machineThatJoinsAgainKeepsItsIdAndTheOldTokenIsNotGoodAnyMore() throws Exception {
        try (Program hub = hub(Map.of())) {
            URI server = hub.awaitAddress();
            assertEquals(
                    0, join(invitation(Map.of(), server).toArray(new String[0])).code());
            String first = token();
            Program.End again = join(invitation(Map.of(), server).toArray(new String[0]));
            assertTrue(again.out().toString().contains(" as web;"), again.out()::toString);
            assertEquals(401, self(server, first));
            assertEquals(200, self(server, token()));
        }
    }

    @Test
    void machineThatStandsStillIsOfflineAndLiveAgainWhenItGoesOn() throws Exception {
        Map<String, String> soon = Map.of("PULSEBOARD_FLEET_OFFLINE_SECONDS", "10");
        try (Program hub = hub(soon)) {
            URI server = hub.awaitAddress();
            assertEquals(
                    0, join(invitation(soon, server).toArray(new String[0])).code());
            try (Program agent = agent()) {
                Until.isTrue("live", () -> state(server, "web").equals("live"));
                agent.signal("STOP");
                Until.isTrue("offline", () -> state(server, "web").equals("offline"));
                assertFalse(get(server, "/api/hosts?q=web").body().contains("cpuBusyPercent"), "no stale figure");
                agent.signal("CONT");
                Until.isTrue("live again", () -> state(server, "web").equals("live"));
            }
        }
    }

    @Test
    void machineComesBackByItselfToAHubThatWasKilled() throws Exception {
        Program hub = hub(Map.of());
        try {
            URI server = hub.awaitAddress();
            assertEquals(
                    0, join(invitation(Map.of(), server).toArray(new String[0])).code());
            try (Program agent = agent()) {
                Until.isTrue("live", () -> state(server, "web").equals("live"));
                for (int time = 0; time < 2; time++) {
                    hub.signal("KILL");
                    hub.close();
                    hub = Program.start(hubEnvironment(Map.of()), "--port", Integer.toString(server.getPort()));
                    hub.awaitAddress();
                    Until.isTrue(
                            "live after kill " + time,
                            () -> state(server, "web").equals("live"));
                }
                assertTrue(agent.isAlive());
            }
        } finally {
            hub.close();
        }
    }

    private String token() throws IOException {
        return new JsonObject(Files.readString(machine.resolve("hub.json"))).getString("token");
    }

    private int self(URI server, String token) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(server.resolve("/api/agents/self"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void selfMadeCertificateIsTrustedByItsPinAndByNothingElse() throws Exception {
        SelfSigned own = SelfSigned.in(folder, "127.0.0.1");
        KeyPin pin = KeyPin.of((X509Certificate) own.read());
        SSLContext trusting = pin.context();
        http = HttpClient.newBuilder().sslContext(trusting).build();
        Map<String, String> tls = Map.of(
                "PULSEBOARD_TLS_CERTIFICATE_FILE", own.certificate().toString(),
                "PULSEBOARD_TLS_KEY_FILE", own.key().toString());
        try (Program hub = hub(tls)) {
            String line = hub.awaitLine(" is at https://");
            URI server = URI.create(line.substring(line.indexOf("https://")));
            List<String> words = invitation(tls, server);
            assertEquals(List.of("--pin", pin.text()), words.subList(words.size() - 2, words.size()));
            Program.End without = join(words.get(0), words.get(1));
            assertEquals(1, without.code());
            assertTrue(
                    without.errors().toString().contains("its certificate is not trusted"), without.errors()::toString);
            Program.End wrong = join(words.get(0), words.get(1), "--pin", "sha256/" + "A".repeat(43) + "=");
            assertTrue(
                    wrong.errors().toString().contains("another key than the one that is pinned"),
                    wrong.errors()::toString);
            Program.End right = join(words.toArray(new String[0]));
            assertEquals(0, right.code(), right.errors().toString());
            try (Program agent = agent()) {
                Until.isTrue("live", () -> state(server, "web").equals("live"));
                assertTrue(agent.isAlive());
            }
        }
    }

    @Test
    void mistakesAreOneLine() throws Exception {
        Program.End pin = join("http://127.0.0.1:1/", "X", "--pin", "sha256/x");
        assertEquals(2, pin.code());
        assertTrue(pin.errors().toString().contains("--pin: a pin is sha256/"), pin.errors()::toString);
        Program.End nobody = join("http://127.0.0.1:1/", "X");
        assertEquals(1, nobody.code());
        assertTrue(nobody.errors().toString().contains("cannot be reached"), nobody.errors()::toString);
        Program.End plain = join("http://hub.example/", "X");
        assertEquals(2, plain.code());
        assertTrue(plain.errors().toString().contains("--plain"), plain.errors()::toString);
    }
}

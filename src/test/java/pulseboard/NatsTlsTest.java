package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.fleet.NatsConfig;
import pulseboard.fleet.nats.NatsHub;

/** Whom a hub believes that they are its NATS server. */
@Tag("system")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NatsTlsTest {

    @TempDir
    private Path folder;

    private NatsServer server(SelfSigned own) throws Exception {
        return new NatsServer(
                folder.resolve("nats"),
                "tls { cert_file: \"" + own.certificate() + "\", key_file: \"" + own.key() + "\" }\n");
    }

    private NatsConfig config(NatsServer server, Path trusted) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), NatsServer.PASSWORD);
        return new NatsConfig(
                List.of("tls://127.0.0.1:" + server.port()),
                NatsServer.USER,
                password.toString(),
                trusted.toString(),
                false,
                "");
    }

    @Test
    void serverIsBelievedByItsAuthorityUnderTheNameThatWasDialled() throws Exception {
        SelfSigned own = SelfSigned.in(folder, "127.0.0.1");
        try (NatsServer server = server(own);
                NatsHub hub = NatsHub.connect(config(server, own.certificate()), "a", 20)) {
            hub.accounts().update(before -> "text");
            assertEquals("text", hub.accounts().read());
        }
    }

    @Test
    void certificateForAnotherNameIsRefused() throws Exception {
        SelfSigned own = SelfSigned.forName(folder, "nats.example");
        try (NatsServer server = server(own)) {
            StartFailure refused = assertThrows(
                    StartFailure.class, () -> Stores.of(settings(config(server, own.certificate())), folder, 1));
            assertTrue(String.valueOf(refused.getMessage()).contains("nats.servers: none of"), refused::getMessage);
        }
    }

    private static Config settings(NatsConfig nats) {
        Settings settings = new Settings(List.of());
        settings.set("nats.servers", nats.servers(), "test");
        settings.set("nats.user", nats.user(), "test");
        settings.set("nats.passwordFile", nats.passwordFile(), "test");
        settings.set("nats.caFile", nats.caFile(), "test");
        return settings.toConfig();
    }
}

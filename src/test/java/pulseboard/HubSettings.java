package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment of one of several hubs. */
final class HubSettings {

    private HubSettings() {}

    /** By these servers; the password is in a file in this folder. */
    static Map<String, String> of(Path folder, String name, String... servers) throws IOException {
        Path password = Files.writeString(folder.resolve("password-of-" + name), NatsServer.PASSWORD + "\n");
        return new HashMap<>(Map.of(
                "PULSEBOARD_FLEET_ACCEPT",
                "true",
                "PULSEBOARD_NATS_SERVERS",
                String.join(",", servers),
                "PULSEBOARD_NATS_USER",
                NatsServer.USER,
                "PULSEBOARD_NATS_PASSWORD_FILE",
                password.toString(),
                "PULSEBOARD_NATS_HUB_NAME",
                name));
    }
}

package pulseboard.fleet;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of several hubs that share what they know by NATS with JetStream.
 *
 * @param servers its addresses, such as {@code tls://nats1.example:4222}; none: this is the only hub
 * @param user who the hubs are there
 * @param passwordFile the file that holds the password
 * @param caFile certificates (PEM) to trust instead of those that Java trusts
 * @param plain whether the password may travel to another machine unencrypted
 * @param hubName what this hub is called among the others; empty: as its machine is
 */
public record NatsConfig(
        List<String> servers, String user, String passwordFile, String caFile, boolean plain, String hubName) {

    /** What is used unless somebody says otherwise. */
    public static final NatsConfig DEFAULT = new NatsConfig(List.of(), "", "", "", false, "");

    /** Checks every value but what is in files. */
    public NatsConfig {
        servers = List.copyOf(servers);
        for (String server : servers) {
            requireServer(server, plain);
        }
        if (!hubName.isEmpty() && !isName(hubName)) {
            throw new IllegalArgumentException(
                    "nats.hubName must be up to 63 lower-case letters, digits and hyphens, not " + hubName);
        }
    }

    private static void requireServer(String server, boolean isPlainAllowed) {
        if (!server.matches("(tls|nats)://[A-Za-z0-9.:\\[\\]_-]+/?")
                || URI.create(server).getHost() == null) {
            throw new IllegalArgumentException(
                    "nats.servers must be addresses such as tls://nats1.example:4222, not " + server);
        }
        boolean isNear = URI.create(server).getHost().matches("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        if (server.startsWith("nats://") && !isNear && !isPlainAllowed) {
            throw new IllegalArgumentException(
                    "nats.servers: " + server
                            + " is not encrypted, and everybody on the way could read the password; use tls://, or set nats.plain: true");
        }
    }

    static boolean isName(String text) {
        return text.matches("[a-z0-9][a-z0-9-]{0,62}");
    }

    /** Whether there are other hubs. */
    public boolean isOn() {
        return !servers.isEmpty();
    }

    /** Whether the way to any of the servers is encrypted. */
    public boolean isEncrypted() {
        return servers.stream().anyMatch(server -> server.startsWith("tls://"));
    }

    /** What this hub is called, on a machine of this name. */
    public String nameOn(String machine) {
        String id = Registry.id(machine);
        return !hubName.isEmpty() ? hubName : id.isEmpty() ? "hub" : id;
    }

    /**
     * Looks whether the files are there.
     *
     * @throws IllegalArgumentException when one is not, or cannot be read; the message is one line for people
     */
    public void requireFiles() {
        if (isOn()) {
            requireFile("nats.passwordFile", passwordFile);
            requireFile("nats.caFile", caFile);
        }
    }

    private static void requireFile(String key, String file) {
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException(key + ": there is no file " + file + " that can be read");
        }
    }
}

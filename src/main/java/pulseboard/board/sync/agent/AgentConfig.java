package pulseboard.board.sync.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an agent was told when it joined; kept in {@code agent.json} in its state folder.
 *
 * @param name what it is called, also in the names of copies
 * @param host where the coordinator listens
 * @param port on which port
 * @param coordinator who it is, see {@link pulseboard.board.sync.wire.Identity#id()}
 * @param listen the address at which other agents fetch contents; it is told to them
 * @param folders the paths of folders on this machine, by the names that all machines have for them
 * @param limits what it may use
 */
public record AgentConfig(
        String name,
        String host,
        int port,
        String coordinator,
        String listen,
        Map<String, String> folders,
        AgentLimits limits) {

    /** What machines and folders can be called. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    private static final String FILE = "agent.json";

    /** Checks the names. */
    public AgentConfig {
        folders = Collections.unmodifiableMap(new TreeMap<>(folders));
        for (String each : folders.keySet()) {
            requireName("a folder", each);
        }
        requireName("a machine", name);
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of " + what + " has up to 32 small letters, digits, hyphens and"
                            + " underscores, and begins with a letter or digit: not " + name);
        }
    }

    /** Whether an agent has joined with this state folder. */
    public static boolean isIn(Path state) {
        return Files.exists(state.resolve(FILE));
    }

    /**
     * Reads it.
     *
     * @throws IOException when it is not there or damaged
     */
    public static AgentConfig in(Path state) throws IOException {
        try {
            JsonObject json = new JsonObject(Files.readString(state.resolve(FILE)));
            Map<String, String> folders = new TreeMap<>();
            json.getJsonObject("folders").forEach(each -> folders.put(each.getKey(), String.valueOf(each.getValue())));
            return new AgentConfig(
                    json.getString("name"),
                    json.getString("host"),
                    json.getInteger("port"),
                    json.getString("coordinator"),
                    json.getString("listen"),
                    folders,
                    AgentLimits.of(json.getJsonObject("limits", new JsonObject())));
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new IOException(state.resolve(FILE) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes it, whole or not at all. */
    public void keep(Path state) throws IOException {
        Files.createDirectories(state);
        Path file = Files.createTempFile(state, FILE, ".new");
        JsonObject paths = new JsonObject();
        folders.forEach(paths::put);
        Files.writeString(
                file,
                new JsonObject()
                        .put("name", name)
                        .put("host", host)
                        .put("port", port)
                        .put("coordinator", coordinator)
                        .put("listen", listen)
                        .put("folders", paths)
                        .put("limits", limits.toJson())
                        .encodePrettily());
        Files.move(file, state.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The path of a folder. */
    Path path(String folder) {
        return Path.of(Objects.requireNonNull(folders.get(folder), folder));
    }
}

package pulseboard.board.sync;

import java.nio.file.Path;

/**
 * Settings of the board {@code sync}.
 *
 * @param enabled whether this machine coordinates file sync
 * @param host the address at which agents connect
 * @param port the port for them; 0 takes any free one
 * @param folder where it is kept which machines and folders there are; empty: {@code sync} in the state folder
 */
public record SyncConfig(boolean enabled, String host, int port, String folder) {

    /** What is used unless somebody says otherwise. */
    public static final SyncConfig DEFAULT = new SyncConfig(false, "127.0.0.1", 8710, "");

    private static final int MOST_PORT = 65_535;

    /** Checks every value. */
    public SyncConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("sync.host must be an address of this machine");
        }
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("sync.port must be from 0 to " + MOST_PORT + ", not " + port);
        }
    }

    /** Where things are kept, unless the settings say otherwise below this state folder. */
    public Path folderIn(Path state) {
        return folder.isEmpty() ? state.resolve("sync") : Path.of(folder).toAbsolutePath();
    }
}

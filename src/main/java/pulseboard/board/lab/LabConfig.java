package pulseboard.board.lab;

import java.nio.file.Path;

/**
 * Settings of the boards {@code lab} and {@code consensus}.
 *
 * @param enabled whether there is a lab
 * @param folder where the nodes keep what they hold; empty: {@code lab} in the state folder
 * @param nodes how many storage nodes there are
 * @param players schedulers of the players that play from the beginning, separated by commas
 * @param popularViews views in the last hour from which a video is kept as three copies, until there are fewer than half of that
 * @param refreshMilliseconds how often the board changes, at most
 */
public record LabConfig(
        boolean enabled, String folder, int nodes, String players, int popularViews, int refreshMilliseconds) {

    /** What is used unless somebody says otherwise. */
    public static final LabConfig DEFAULT = new LabConfig(false, "", 5, "score,round_robin", 1_000, 500);

    private static final int LEAST_NODES = 5;

    /** Checks every value. */
    public LabConfig {
        requireRange("nodes", nodes, LEAST_NODES, 16);
        requireRange("popularViews", popularViews, 2, 100_000);
        requireRange("refreshMilliseconds", refreshMilliseconds, 100, 60_000);
        if (!players.matches("([a-z_]+(,[a-z_]+){0,7})?")) {
            throw new IllegalArgumentException(
                    "lab.players must be up to 8 names of schedulers, such as score,round_robin, not " + players);
        }
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "lab." + key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** Where the lab keeps what it has, unless the settings say otherwise below this state folder. */
    public Path folderIn(Path state) {
        return folder.isEmpty() ? state.resolve("lab") : Path.of(folder).toAbsolutePath();
    }
}

package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.board.lab.engine.Measurements;

/** {@code pulseboard lab chaos}. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Starts five nodes and two players, injects faults one after the other, measures each on its victim, and reads all that was acknowledged.",
        footer = {"", "Exit code 1 unless each fault was seen and went away, and every acknowledged chunk can be read."
        })
final class LabChaosCommand implements Callable<Integer> {

    private static final int MOST_SECONDS = 1_800;

    @Option(names = "--seed", defaultValue = "1", description = "Which faults, where, and when.")
    private long seed;

    @Option(names = "--seconds", defaultValue = "120", description = "How long; the last fault is ended all the same.")
    private int seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all of it there.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new UserMistake("lab: --seconds must be from 1 to " + MOST_SECONDS + ", not " + seconds);
        }
        JsonObject report;
        try (LabCluster cluster = new LabCluster(5, "score,round_robin")) {
            report = cluster.with(
                    engine -> new Measurements(cluster.vertx(), engine).chaos(seed, seconds, LabChaosCommand::show));
        }
        if (json != null) {
            Files.writeString(json, report.encodePrettily() + "\n");
        }
        int lost = report.getJsonArray("unreadable").size();
        System.out.printf(
                Locale.ROOT,
                "%d faults. The players stood still %d times. %d chunks were put meanwhile, %d could not be. %s%n",
                report.getJsonArray("faults").size(),
                report.getInteger("stalls"),
                report.getInteger("put"),
                report.getInteger("refused"),
                lost == 0
                        ? "Every one of " + report.getInteger("chunks") + " acknowledged chunks can be read."
                        : lost + " of " + report.getInteger("chunks") + " acknowledged chunks CANNOT be read: "
                                + report.getJsonArray("unreadable"));
        return report.getBoolean("passed", false) ? 0 : 1;
    }

    private static void show(JsonObject fault) {
        long back = fault.getLong("recoveredMilliseconds", -1L);
        System.out.printf(
                Locale.ROOT,
                "%6.1f s  %-11s %-3s %-28s %-52s %-8s %s%n",
                fault.getDouble("atSeconds"),
                fault.getString("kind"),
                fault.getString("node"),
                fault.getString("injected"),
                fault.getString("measured"),
                fault.getBoolean("isReal") ? "seen" : "NOT SEEN",
                back < 0 ? "NOT BACK" : "back after " + back + " ms");
    }
}

package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.board.lab.engine.Measurements;

/** {@code pulseboard lab bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Starts five nodes, measures eleven things about them and about players, and ends them. Five minutes.",
        footer = {
            "",
            "Exit code 1 unless all pass. A line is void where other programs used more than half a core meanwhile, or the machine was stolen."
        })
final class LabBenchCommand implements Callable<Integer> {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, such as startup,failover; a wrong name lists all.")
    private List<String> tests = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "1", description = "Of what is played and of the lines' chance.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all of it there, each sample too.")
    private @Nullable Path json;

    @Option(
            names = "--stopped",
            description = "Kill the nodes before: then every line has to fail, or it measures nothing.")
    private boolean isStopped;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurements.Benches what;
        try {
            what = new Measurements.Benches(tests, seed, isStopped);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("lab: " + e.getMessage());
        }
        JsonObject report;
        try (LabCluster cluster = new LabCluster(5, "")) {
            report = cluster.with(engine -> new Measurements(cluster.vertx(), engine).bench(what, System.out::println));
        }
        if (json != null) {
            Files.writeString(json, report.encodePrettily() + "\n");
        }
        boolean isPassed = report.getBoolean("passed", false);
        System.out.println(isPassed ? "All passed." : "Not all passed.");
        return isPassed ? 0 : 1;
    }
}

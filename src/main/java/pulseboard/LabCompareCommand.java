package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.board.lab.engine.Measurements;
import pulseboard.board.lab.judge.Comparison;
import pulseboard.board.lab.judge.Comparison.Pair;
import pulseboard.board.lab.judge.Difference;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;

/** {@code pulseboard lab compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Plays in pairs that differ in nothing but how they choose nodes, and says what is known of the difference.",
        footer = {
            "",
            "Without --real in simulated time: some seconds. With it also on real nodes, one pair at a time: half a minute for each seed and"
                    + " scenario."
        })
final class LabCompareCommand implements Callable<Integer> {

    private static final int NODES = 5;

    @Option(names = "--first", defaultValue = "score", description = "How the one chooses; a wrong name lists all.")
    private String first = "score";

    @Option(names = "--second", defaultValue = "round_robin", description = "How the other chooses.")
    private String second = "round_robin";

    @Option(names = "--pairs", defaultValue = "1000", description = "Simulated pairs of each scenario; 1 to 10000.")
    private int pairs;

    @Option(names = "--real", defaultValue = "0", description = "Real pairs of each scenario; 0 to 20.")
    private int real;

    @Option(names = "--seed", defaultValue = "1", description = "The first pair's; each next one has the next.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all of it there.")
    private @Nullable Path json;

    private final JsonObject report = new JsonObject();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (pairs < 1 || pairs > 10_000 || real < 0 || real > 20) {
            throw new UserMistake(
                    "lab: --pairs must be from 1 to 10000 and --real from 0 to 20, not " + pairs + " and " + real);
        }
        List<String> nodes = LabCluster.names(NODES);
        Comparison.Setting setting = new Comparison.Setting(Measurements.setup(), kind(first), kind(second), nodes);
        report.put("seed", seed).put("first", first).put("second", second);
        System.out.printf(
                Locale.ROOT,
                "%s beside %s, gain of the first (median; 95 %% interval; better, equal, worse). Seeds %d to %d, simulated.%n",
                first,
                second,
                seed,
                seed + pairs - 1);
        for (String name : Scenario.NAMES) {
            show(name, simulated(setting, name));
        }
        System.out.println("Controls: there must be no difference.");
        show("the second beside itself, chaos", simulated(setting.control(), "chaos"));
        show("no emulated line", steady(setting, nodes));
        if (real > 0) {
            showReal(setting, nodes);
        }
        if (json != null) {
            Files.writeString(json, report.encodePrettily() + "\n");
        }
        return 0;
    }

    private static Scheduler.Kind kind(String name) {
        return Arrays.stream(Scheduler.Kind.values())
                .filter(each -> each.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserMistake("lab: there is no scheduler " + name + "; those there are: "
                        + String.join(
                                ", ",
                                Arrays.stream(Scheduler.Kind.values())
                                        .map(Scheduler.Kind::text)
                                        .toList())));
    }

    private List<Pair> simulated(Comparison.Setting setting, String name) {
        return Comparison.simulate(setting, each -> Scenario.of(name, setting.nodes(), each), seed, pairs);
    }

    private List<Pair> steady(Comparison.Setting setting, List<String> nodes) {
        Scenario direct = Scenario.steady("direct", nodes, 20);
        return Comparison.simulate(setting, each -> direct, seed, pairs);
    }

    private void show(String name, List<Pair> all) {
        Map<String, Difference> said = Comparison.judge(all, seed);
        JsonObject json = new JsonObject();
        said.forEach((metric, difference) -> {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %-20s %10.2f  [%.2f, %.2f]  %d/%d/%d  %s%n",
                    name,
                    metric,
                    difference.median(),
                    difference.low(),
                    difference.high(),
                    difference.wins(),
                    difference.ties(),
                    difference.losses(),
                    difference.verdict());
            json.put(metric, difference.toJson());
        });
        report.put(name, json);
    }

    private void showReal(Comparison.Setting setting, List<String> nodes) throws InterruptedException, IOException {
        List<Long> seeds = LongStream.range(seed, seed + real).boxed().toList();
        System.out.println("Real pairs, " + seeds.size() + " of each scenario; one at a time.");
        for (String name : Scenario.NAMES) {
            List<Scenario> scenarios = new ArrayList<>();
            seeds.forEach(each -> scenarios.add(Scenario.of(name, nodes, each)));
            try (LabCluster cluster = new LabCluster(NODES, "")) {
                List<Pair> played = cluster.with(
                        engine -> new Measurements(cluster.vertx(), engine).pairs(setting, scenarios, seeds));
                show(name + ", real", played);
                foretold(setting, scenarios, played);
            }
        }
    }

    /** How near the simulator comes to what was played. */
    private void foretold(Comparison.Setting setting, List<Scenario> scenarios, List<Pair> played) {
        double real = 0;
        double simulated = 0;
        for (int n = 0; n < played.size(); n++) {
            Pair foretold =
                    Comparison.simulate(setting, scenarios.get(n), played.get(n).seed());
            real += played.get(n).first().qualityOfExperience()
                    + played.get(n).second().qualityOfExperience();
            simulated +=
                    foretold.first().qualityOfExperience() + foretold.second().qualityOfExperience();
        }
        System.out.printf(
                Locale.ROOT,
                "%-34s simulated quality of experience is %.0f %% of the real one%n",
                "",
                simulated / real * 100);
        report.getJsonObject(scenarios.get(0).name() + ", real").put("simulatedByReal", simulated / real);
    }
}

package pulseboard.board.host;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import pulseboard.board.host.ProcessUse.Row;
import pulseboard.machine.ProcessOrigin;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** The few processes that used most CPU since the sample before, and those that have most memory. */
final class BusiestProcesses implements Sampler {

    private static final int TOP = 5;

    private final ProcessUse use;

    BusiestProcesses(Reader<Collection<ProcessReading>> reader, LongSupplier nanoClock) {
        this.use = new ProcessUse(reader, nanoClock);
    }

    @Override
    public String name() {
        return "busiest processes";
    }

    @Override
    public int intervalSeconds() {
        return 1;
    }

    @Override
    public void reset() {
        use.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        List<Row> rows = use.read();
        List<Row> busy = rows.stream().filter(row -> row.cpuPercent() > 0).toList();
        return new JsonObject()
                .put(
                        "cpu",
                        top(
                                busy,
                                Comparator.comparingDouble(Row::cpuPercent),
                                row -> describe(row).put("cpuPercent", row.cpuPercent())))
                .put(
                        "memory",
                        top(
                                rows.stream()
                                        .filter(row -> row.process().residentBytes() >= 0)
                                        .toList(),
                                Comparator.comparingLong(row -> row.process().residentBytes()),
                                row -> describe(row)
                                        .put(
                                                "residentBytes",
                                                Rates.bytes(row.process().residentBytes()))));
    }

    private static JsonArray top(List<Row> rows, Comparator<Row> order, Function<Row, JsonObject> describe) {
        JsonArray top = new JsonArray();
        rows.stream().sorted(order.reversed()).limit(TOP).map(describe).forEach(top::add);
        return top;
    }

    private static JsonObject describe(Row row) {
        ProcessReading process = row.process();
        JsonObject shown = new JsonObject()
                .put("pid", process.pid())
                .put("name", process.name())
                .put("user", process.details().user());
        ProcessOrigin origin = process.details().origin();
        ProcessTable.putProgram(shown, process, origin);
        String of = origin.container().isEmpty() ? origin.unit() : origin.container();
        return of.isEmpty() ? shown : shown.put("of", of);
    }
}

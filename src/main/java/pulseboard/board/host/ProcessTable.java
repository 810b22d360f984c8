package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import pulseboard.board.host.ProcessUse.Row;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** The processes that use the most CPU and those that use the most memory, by number. */
final class ProcessTable implements Sampler {

    private final ProcessUse use;
    private final int top;

    ProcessTable(Reader<Collection<ProcessReading>> reader, int top, LongSupplier nanoClock) {
        this.use = new ProcessUse(reader, nanoClock);
        this.top = top;
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public JsonObject sample() throws IOException {
        List<Row> rows = use.read();
        JsonObject shown = new JsonObject();
        Comparator<Row> byMemory = Comparator.comparingLong(row -> row.process().residentBytes());
        putTop(shown, rows, Comparator.comparingDouble(Row::cpuPercent).thenComparing(byMemory));
        putTop(shown, rows, byMemory);
        return shown;
    }

    /** Also when somebody watches again: the next sample must not show a mean over the time that nobody did. */
    @Override
    public void reset() {
        use.reset();
    }

    private void putTop(JsonObject shown, List<Row> rows, Comparator<Row> order) {
        rows.stream().sorted(order.reversed()).limit(top).forEach(row -> {
            ProcessReading process = row.process();
            String pid = Long.toString(process.pid());
            if (!shown.containsKey(pid)) {
                shown.put(pid, describe(process, row.cpuPercent()));
            }
        });
    }

    private static JsonObject describe(ProcessReading process, double cpuPercent) {
        JsonObject shown = new JsonObject()
                .put("name", process.name())
                .put("user", process.user().get())
                .put("state", process.state());
        if (cpuPercent >= 0) {
            shown.put("cpuPercent", cpuPercent);
        }
        if (process.residentBytes() >= 0) {
            shown.put("residentBytes", Rates.bytes(process.residentBytes()));
        }
        if (process.threadCount() >= 0) {
            shown.put("threadCount", process.threadCount());
        }
        return shown;
    }
}

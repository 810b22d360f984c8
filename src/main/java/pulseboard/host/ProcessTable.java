package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The processes that use the most CPU and those that use the most memory, by number. */
final class ProcessTable implements Sampler {

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final Reader<Collection<ProcessReading>> reader;
    private final int top;
    private final LongSupplier nanoClock;
    private Map<Long, ProcessReading> before = Map.of();
    private long beforeNanos;

    ProcessTable(Reader<Collection<ProcessReading>> reader, int top, LongSupplier nanoClock) {
        this.reader = reader;
        this.top = top;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "processes";
    }

    /** A process and its share of one core since the sample before. */
    private record Row(ProcessReading process, double cpuPercent) {}

    @Override
    public JsonObject sample() throws IOException {
        Map<Long, ProcessReading> now = new HashMap<>();
        reader.read().forEach(process -> now.put(process.pid(), process));
        long nowNanos = nanoClock.getAsLong();
        double milliseconds = (nowNanos - beforeNanos) / NANOS_PER_MILLISECOND;
        List<Row> rows = new ArrayList<>();
        now.values().forEach(process -> rows.add(new Row(process, cpuPercent(process, milliseconds))));
        before = now;
        beforeNanos = nowNanos;
        JsonObject shown = new JsonObject();
        Comparator<Row> byMemory = Comparator.comparingLong(row -> row.process().residentBytes());
        putTop(shown, rows, Comparator.comparingDouble(Row::cpuPercent).thenComparing(byMemory));
        putTop(shown, rows, byMemory);
        return shown;
    }

    /** Forgets the sample before, so that the next one does not show a mean over the time that nobody watched. */
    void reset() {
        before = Map.of();
    }

    /** Over 100 for a process that keeps more than one core busy; 0 for one that was not there before. */
    private double cpuPercent(ProcessReading now, double milliseconds) {
        ProcessReading earlier = before.get(now.pid());
        if (earlier == null || earlier.startedAt() != now.startedAt() || milliseconds <= 0) {
            return 0;
        }
        return Rates.oneDecimal((now.cpuMilliseconds() - earlier.cpuMilliseconds()) / milliseconds * 100);
    }

    private void putTop(JsonObject shown, List<Row> rows, Comparator<Row> order) {
        rows.stream().sorted(order.reversed()).limit(top).forEach(row -> {
            ProcessReading process = row.process();
            String pid = Long.toString(process.pid());
            if (!shown.containsKey(pid)) {
                shown.put(
                        pid,
                        new JsonObject()
                                .put("name", process.name())
                                .put("user", process.user().get())
                                .put("cpuPercent", row.cpuPercent())
                                .put("residentBytes", Rates.bytes(process.residentBytes()))
                                .put("state", process.state())
                                .put("threadCount", process.threadCount()));
            }
        });
    }
}

package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import pulseboard.host.Intervals.Interval;

/** The processes that use the most CPU and those that use the most memory, by number. */
final class ProcessTable implements Sampler {

    private static final double MILLISECONDS_PER_SECOND = 1e3;

    private final Reader<Collection<ProcessReading>> reader;
    private final int top;
    private final Intervals<Map<Long, ProcessReading>> intervals;

    ProcessTable(Reader<Collection<ProcessReading>> reader, int top, LongSupplier nanoClock) {
        this.reader = reader;
        this.top = top;
        this.intervals = new Intervals<>(nanoClock);
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
        intervals.begin();
        reader.read().forEach(process -> now.put(process.pid(), process));
        Optional<Interval<Map<Long, ProcessReading>>> interval = intervals.next(now);
        List<Row> rows = new ArrayList<>();
        now.values().forEach(process -> rows.add(new Row(process, cpuPercent(process, interval))));
        JsonObject shown = new JsonObject();
        Comparator<Row> byMemory = Comparator.comparingLong(row -> row.process().residentBytes());
        putTop(shown, rows, Comparator.comparingDouble(Row::cpuPercent).thenComparing(byMemory));
        putTop(shown, rows, byMemory);
        return shown;
    }

    /** Forgets the sample before, so that the next one does not show a mean over the time that nobody watched. */
    void reset() {
        intervals.reset();
    }

    /** Over 100 for a process that keeps more than one core busy; 0 for one that was not there before. */
    private static double cpuPercent(ProcessReading now, Optional<Interval<Map<Long, ProcessReading>>> interval) {
        return interval.map(since -> {
                    ProcessReading before = since.before().get(now.pid());
                    if (before == null || before.startedAt() != now.startedAt()) {
                        return 0.0;
                    }
                    double used = (double) now.cpuMilliseconds() - before.cpuMilliseconds();
                    return Rates.oneDecimal(used / (since.seconds() * MILLISECONDS_PER_SECOND) * 100);
                })
                .orElse(0.0);
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

package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import pulseboard.board.host.ProcessUse.Row;
import pulseboard.machine.ProcessDisk;
import pulseboard.machine.ProcessOrigin;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** The processes that use the most CPU, the most memory and the most of the disks, by number, and those that they belong to. */
final class ProcessTable implements Sampler {

    private static final ProcessDisk NO_DISK = new ProcessDisk(-1, -1);

    private final ProcessUse use;
    private final ProcessDisks disks;
    private final int top;

    /** Of those that are shown: it stays while the process and its name do. */
    private Map<Identity, ProcessOrigin> origins = new HashMap<>();

    private record Identity(long pid, long startedAt, String name) {

        static Identity of(ProcessReading process) {
            return new Identity(process.pid(), process.startedAt(), process.name());
        }
    }

    ProcessTable(Reader<Collection<ProcessReading>> reader, int top, LongSupplier nanoClock) {
        this.use = new ProcessUse(reader, nanoClock);
        this.disks = new ProcessDisks(nanoClock);
        this.top = top;
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public JsonObject sample() throws IOException {
        List<Row> rows = use.read();
        disks.read(rows.stream().map(Row::process).toList());
        Comparator<Row> byMemory = Comparator.comparingLong(row -> row.process().residentBytes());
        Map<Long, Row> shown = new LinkedHashMap<>();
        putTop(shown, rows, Comparator.comparingDouble(Row::cpuPercent).thenComparing(byMemory));
        putTop(shown, rows, byMemory);
        putTop(shown, rows.stream().filter(row -> disk(row) > 0).toList(), Comparator.comparingLong(this::disk));
        putParents(shown, rows);
        origins = shown.values().stream()
                .collect(Collectors.toMap(row -> Identity.of(row.process()), row -> origin(row.process())));
        JsonObject described = new JsonObject();
        shown.forEach((pid, row) -> described.put(Long.toString(pid), describe(row)));
        return described;
    }

    /** Also when somebody watches again: the next sample must not show a mean over the time that nobody did. */
    @Override
    public void reset() {
        use.reset();
        disks.reset();
    }

    private void putTop(Map<Long, Row> shown, List<Row> rows, Comparator<Row> order) {
        rows.stream()
                .sorted(order.reversed())
                .limit(top)
                .forEach(row -> shown.putIfAbsent(row.process().pid(), row));
    }

    /** What these belong to, and what that belongs to, as far as there is room: a tree needs them. */
    private void putParents(Map<Long, Row> shown, List<Row> rows) {
        Map<Long, Row> all =
                rows.stream().collect(Collectors.toMap(row -> row.process().pid(), Function.identity(), (a, b) -> a));
        int most = shown.size() + top;
        for (Row row : List.copyOf(shown.values())) {
            Row parent = all.get(row.process().parent());
            while (parent != null
                    && shown.size() < most
                    && shown.putIfAbsent(parent.process().pid(), parent) == null) {
                parent = all.get(parent.process().parent());
            }
        }
    }

    private ProcessOrigin origin(ProcessReading process) {
        ProcessOrigin known = origins.get(Identity.of(process));
        return known == null ? process.details().origin() : known;
    }

    private long disk(Row row) {
        ProcessDisk rate = disks.rate(row.process()).orElse(NO_DISK);
        return Math.max(0, rate.readBytes()) + Math.max(0, rate.writtenBytes());
    }

    private JsonObject describe(Row row) {
        ProcessReading process = row.process();
        JsonObject shown = new JsonObject()
                .put("name", process.name())
                .put("user", process.details().user())
                .put("state", process.state());
        putKnown(shown, "cpuPercent", row.cpuPercent());
        if (process.residentBytes() >= 0) {
            shown.put("residentBytes", Rates.bytes(process.residentBytes()));
        }
        putKnown(shown, "threadCount", process.threadCount());
        if (process.parent() > 0) {
            shown.put("parent", process.parent());
        }
        ProcessOrigin origin = origin(process);
        putProgram(shown, process, origin);
        putText(shown, "unit", origin.unit());
        putText(shown, "container", origin.container());
        putText(shown, "diskUnavailable", disks.reason(process));
        ProcessDisk disk = disks.rate(process).orElse(NO_DISK);
        putKnown(shown, "diskReadBytesPerSecond", disk.readBytes());
        putKnown(shown, "diskWrittenBytesPerSecond", disk.writtenBytes());
        return shown;
    }

    /** What it runs, where it is not called like that anyway. */
    static void putProgram(JsonObject shown, ProcessReading process, ProcessOrigin origin) {
        if (!origin.program().equals(process.name())) {
            putText(shown, "program", origin.program());
        }
    }

    private static <N extends Number> void putKnown(JsonObject shown, String key, N figure) {
        if (figure.doubleValue() >= 0) {
            shown.put(key, figure);
        }
    }

    private static void putText(JsonObject shown, String key, String text) {
        if (!text.isEmpty()) {
            shown.put(key, text);
        }
    }
}

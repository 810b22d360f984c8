package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** Boards as a server sends them, in short. */
final class TestStates {

    static final JsonObject HOST = new JsonObject("""
            {"cpu":{"busyPercent":97.5,"load1":0.52,"load5":1,"load15":2,"userPercent":90,"systemPercent":7.5,
                    "cores":{"0":{"busyPercent":10},"1":{"busyPercent":80},"10":{"busyPercent":0},"2":{"busyPercent":5}}},
             "memory":{"usedPercent":76.0,"usedBytes":760,"totalBytes":1000,
                       "swap":{"usedPercent":1,"usedBytes":1,"totalBytes":100}},
             "pressure":{"cpu":{"someAvg10Percent":1.5},"io":{"someAvg10Percent":0},"memory":{"someAvg10Percent":0}},
             "network":{"receivedBytesPerSecond":1024,"sentBytesPerSecond":512,
                        "interfaces":{"eth0":{"receivedBytesPerSecond":1024,"sentBytesPerSecond":512}}},
             "disks":{"a":{},"b":{},"c":{},"d":{},"e":{},"f":{}},
             "filesystems":{"/":{"usedPercent":61.0},"/gone":{"unavailable":"no answer"}}}""");

    static final JsonObject PROCESSES = new JsonObject("""
            {"processes":{"1":{"name":"large","user":"a","cpuPercent":0,"residentBytes":100000000},
                          "2":{"name":"eager","user":"b","cpuPercent":150,"residentBytes":5000}}}""");

    private TestStates() {}

    /** The names of processes, from above. */
    static List<String> names(List<TextLine> lines) {
        return lines.stream()
                .map(line -> line.encode(false))
                .flatMap(text ->
                        Stream.of("large", "eager").filter(name -> text.strip().endsWith(" " + name)))
                .toList();
    }
}

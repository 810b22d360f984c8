package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void figuresAreThoseOfTheHostBoard() {
        JsonObject row = Row.of(new JsonObject("""
                {"cpu":{"busyPercent":12.5,"load1":0.4,"cores":{"0":{},"1":{}}},
                 "memory":{"usedPercent":40.0,"swap":{"usedPercent":3.0}},
                 "pressure":{"cpu":{"someAvg10Percent":1.0},"io":{"someAvg10Percent":7.5}},
                 "disks":{"sda":{"busyPercent":3.0},"sdb":{"busyPercent":9.0}},
                 "network":{"interfaces":{"lo":{"receivedBytesPerSecond":999},"eth0":{"receivedBytesPerSecond":10,"sentBytesPerSecond":4},
                   "eth1":{"receivedBytesPerSecond":5}}},
                 "filesystems":{"/":{"usedPercent":20.0},"/var":{"usedPercent":93.0}},
                 "sensors":{"temperatures":{"a":{"celsius":40},"b":{"celsius":61}}}}"""));
        JsonObject expected = new JsonObject("""
                {"cpuBusyPercent":12.5,"load1":0.4,"coreCount":2,"memoryUsedPercent":40.0,"swapUsedPercent":3.0,"pressurePercent":7.5,
                 "busiestDiskPercent":9.0,"hottestCelsius":61,"receivedBytesPerSecond":15,"sentBytesPerSecond":4,
                 "fullestFilesystemPercent":93.0,"fullestFilesystem":"/var"}""");
        assertEquals(expected, row);
    }

    @Test
    void whatAMachineSendsMayBeAnything() {
        assertEquals(new JsonObject(), Row.of(new JsonObject()));
        JsonObject odd = JsonObject.of("cpu", 5, "memory", new JsonArray(), "disks", JsonObject.of("sda", "x"))
                .put("filesystems", JsonObject.of("/", JsonObject.of("usedPercent", "full")))
                .put("network", JsonObject.of("interfaces", JsonObject.of("eth0", 1)));
        assertEquals(new JsonObject(), Row.of(odd));
    }
}

package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PastFiguresTest {

    private static final JsonObject HOST = new JsonObject("""
            {"cpu":{"busyPercent":12.5,"load1":0.4,"userPercent":10.0},
             "memory":{"usedPercent":40.0,"swap":{"usedPercent":3.0}},
             "pressure":{"cpu":{"someAvg10Percent":1.0},"io":{"someAvg10Percent":7.5,"fullAvg10Percent":50.0}},
             "disks":{"sda":{"busyPercent":3.0},"sdb":{"busyPercent":9.0}},
             "network":{"interfaces":{"lo":{"receivedBytesPerSecond":999,"sentBytesPerSecond":999},
               "eth0":{"receivedBytesPerSecond":10,"sentBytesPerSecond":4},"eth1":{"receivedBytesPerSecond":5}}},
             "filesystems":{"/":{"usedPercent":20.0},"/var":{"usedPercent":93.0}},
             "sensors":{"temperatures":{"a":{"celsius":40},"b":{"celsius":61}}}}""");

    private static void numbers(JsonObject from, String path, PastColumns into) {
        from.forEach(member -> {
            String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getValue() instanceof JsonObject object) {
                numbers(object, name, into);
            } else {
                float value = ((Number) member.getValue()).floatValue();
                into.set(name, 0, new float[] {value, value, value});
            }
        });
    }

    /** One list of figures is made of states, and one of rows: they say the same. */
    @Test
    void figuresOfThePastAreThoseOfTheListOfMachines() {
        PastColumns own = new PastColumns(1);
        numbers(HOST, "", own);
        PastColumns figures = PastFigures.of("web1", own);
        JsonObject row = Row.of(HOST);
        for (String key : FleetInfo.KEPT) {
            float value = row.getFloat(key);
            assertArrayEquals(
                    new float[] {value, value, value},
                    PastColumns.row(Objects.requireNonNull(figures.series().get("hosts.web1." + key), key), 0),
                    key);
        }
        assertEquals(FleetInfo.KEPT.size(), figures.series().size());
        own.series().keySet().stream()
                .filter(name -> name.contains("user") || name.contains("full") || name.contains(".lo."))
                .forEach(name -> assertFalse(PastFigures.needs(name), name));
    }

    @Test
    void highestAndSumAreMadeRowByRowOfWhatIsKnown() {
        PastColumns own = new PastColumns(3);
        own.set("disks.sda.busyPercent", 0, new float[] {1, 5, 9});
        own.set("disks.sdb.busyPercent", 0, new float[] {3, 4, 5});
        own.set("disks.sdb.busyPercent", 2, new float[] {7, 7, 7});
        own.set("network.interfaces.eth0.sentBytesPerSecond", 0, new float[] {1, 2, 3});
        own.set("network.interfaces.eth1.sentBytesPerSecond", 0, new float[] {10, 20, 30});
        PastColumns figures = PastFigures.of("web1", own);
        float[][] disk = Objects.requireNonNull(figures.series().get("hosts.web1.busiestDiskPercent"));
        assertArrayEquals(new float[] {3, 5, 9}, PastColumns.row(disk, 0));
        assertArrayEquals(null, PastColumns.row(disk, 1));
        assertArrayEquals(new float[] {7, 7, 7}, PastColumns.row(disk, 2));
        assertArrayEquals(
                new float[] {11, 22, 33},
                PastColumns.row(Objects.requireNonNull(figures.series().get("hosts.web1.sentBytesPerSecond")), 0));
    }
}

package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricInfoTest {

    private static final JsonObject TANKS = new JsonObject("""
            {"tanks": {
              "a": {"level": 50, "open": true, "state": "well", "group": "north"},
              "b \\"x\\"": {"level": "high", "open": false, "state": "dry", "group": 7},
              "c": 3}}""");

    private static List<String> read(MetricInfo metric) {
        List<String> samples = new ArrayList<>();
        metric.read(TANKS, (value, labels) -> samples.add(value + " " + List.of(labels)));
        return samples;
    }

    private static MetricInfo metric(String path) {
        return MetricInfo.of("pulseboard_tank_it", "It.", path, "tank");
    }

    @Test
    void eachKeyIsALabelNumbersAreScaledAndWhatIsNoNumberIsLeftOut() {
        assertEquals(List.of("0.5 [tank, a]"), read(metric("tanks.*.level").times(0.01)));
    }

    @Test
    void whatIsBesideTheFigureIsALabelWhereItIsText() {
        assertEquals(
                List.of("1.0 [tank, a, group, north]", "0.0 [tank, b \"x\"]"),
                read(metric("tanks.*.open").labelled("group", "group")));
    }

    @Test
    void aTextIsOneWhereItStandsAndZeroWhereAnotherDoes() {
        assertEquals(
                List.of("1.0 [tank, a]", "0.0 [tank, b \"x\"]"),
                read(metric("tanks.*.state").whenIs("well")));
    }

    @Test
    void bucketsOfAHistogramAreAddedUpInTheOrderOfTheirBounds() {
        JsonObject state = new JsonObject("""
                {"tanks": {"a": {"fills": {"seconds": 7.5, "buckets": {"10": 1, "2.5": 2, "0.5": 4, "more": 8, "NaN": 9}}},
                 "b": {"fills": {"buckets": 3}}, "c": {"fills": 4}}}""");
        MetricInfo fills = metric("tanks.*.fills").histogram();
        List<String> samples = new ArrayList<>();
        fills.readParts(state, (part, value, labels) -> samples.add(part + " " + value + " " + List.of(labels)));
        assertEquals(
                List.of(
                        "_bucket 4.0 [tank, a, le, 0.5]",
                        "_bucket 6.0 [tank, a, le, 2.5]",
                        "_bucket 7.0 [tank, a, le, 10]",
                        "_bucket 15.0 [tank, a, le, +Inf]",
                        "_count 15.0 [tank, a]",
                        "_sum 7.5 [tank, a]"),
                samples);
        assertEquals(fills, MetricInfo.of(fills.toJson()));
    }

    @Test
    void whatTheDirectoryHasOfItIsTheSame() {
        MetricInfo metric = metric("tanks.*.state").whenIs("well").labelled("group", "group");
        assertEquals(metric, MetricInfo.of(metric.toJson()));
    }

    @Test
    void namesThatAreNoneOfABoardAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MetricInfo.of("node_cpu", "It.", "level"));
        assertThrows(IllegalArgumentException.class, () -> MetricInfo.of("pulseboard_a\nb", "It.", "level"));
        assertThrows(IllegalArgumentException.class, () -> metric("tanks.*.*"));
        assertThrows(
                IllegalArgumentException.class, () -> metric("tanks.*.level").labelled("a-b", "group"));
        BoardInfo other = BoardInfo.of("well", "Well");
        assertThrows(IllegalArgumentException.class, () -> other.measuredBy(List.of(metric("tanks.*.level"))));
        JsonObject sent = BoardInfo.of("tank", "Tank")
                .toJson()
                .put("metrics", new JsonArray().add(JsonObject.of("name", "pulseboard_web_x", "path", "level")));
        assertThrows(IllegalArgumentException.class, () -> BoardInfo.of(BoardId.local("tank"), sent));
    }
}

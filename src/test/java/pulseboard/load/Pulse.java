package pulseboard.load;

import io.vertx.core.json.JsonObject;

/**
 * A board's state that changes at each beat by about as much as a busy host's: the change is some 250 bytes long on the
 * wire, and only the numbers in it differ from beat to beat.
 */
final class Pulse {

    private int beats;

    /** The next state. */
    JsonObject next() {
        beats++;
        double percent = 10 + beats % 80 + 0.5;
        JsonObject filesystems = new JsonObject();
        for (int number = 0; number < 12; number++) {
            filesystems.put(
                    "/mount/" + number,
                    JsonObject.of("totalBytes", 100_000_000_000L + number, "usedPercent", 40.5, "type", "ext4"));
        }
        return new JsonObject()
                .put("cpu", JsonObject.of("busyPercent", percent, "userPercent", percent - 5, "load1", percent / 10))
                .put("memory", JsonObject.of("usedBytes", 3_000_000_000L + beats * 4096L, "totalBytes", 8_000_000_000L))
                .put("network", JsonObject.of("receivedBytesPerSecond", 120_000 + beats))
                .put("filesystems", filesystems);
    }
}

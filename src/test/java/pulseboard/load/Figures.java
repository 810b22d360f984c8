package pulseboard.load;

import io.vertx.core.json.JsonObject;

/**
 * What one run found.
 *
 * @param cpu microseconds of the server for each change that a viewer received
 * @param report what the generator says
 * @param idle the server's memory before the viewers came
 * @param used the same with all of them
 */
record Figures(Subject subject, int viewers, double cpu, JsonObject report, JsonObject idle, JsonObject used) {

    double bytesPerChange() {
        return report.getDouble("bytes") / report.getDouble("changes");
    }

    double latency(String which) {
        return report.getJsonObject("latencyMilliseconds").getDouble(which);
    }

    /** How much of this kind of memory each viewer took, in KiB. */
    double kibPerViewer(String kind) {
        return (used.getLong(kind) - idle.getLong(kind)) / 1024.0 / viewers;
    }

    boolean isFaultless() {
        return report.getInteger("equalDocuments") == viewers
                && report.getLong("holes") == 0
                && report.getInteger("lost") == 0;
    }

    JsonObject toJson(double floor) {
        return new JsonObject()
                .put("subject", subject.title)
                .put("viewers", viewers)
                .put("cpuMicrosecondsPerChange", cpu)
                .put("timesTheFloor", cpu / floor)
                .put("bytesPerChange", bytesPerChange())
                .put("heapKibPerViewer", kibPerViewer("heap"))
                .put("directKibPerViewer", kibPerViewer("direct"))
                .put("residentKibPerViewer", kibPerViewer("resident"))
                .put("residentBytes", used.getLong("resident"))
                .put("report", report);
    }
}

package pulseboard.alert;

import io.vertx.core.json.JsonObject;

/** A rule in one line: {@code host:filesystems.*.usedPercent above 93 for 2m clear 85 unless type is squashfs}. */
final class RuleLine {

    private RuleLine() {}

    /**
     * Reads one.
     *
     * @throws WrongRule when it is none; with the column
     */
    static JsonObject read(String name, String line) {
        RuleText words = new RuleText(line);
        JsonObject json = JsonObject.of(
                "name",
                name,
                "watch",
                words.take("what is watched", "begin with it: host:memory.usedPercent above 90"));
        if (words.take("of")) {
            json.put("of", words.take("what it is divided by", "write a path, such as cpu.coreCount"));
        }
        if (words.take("mean")) {
            json.put("mean", Times.text(words.time("mean")));
        }
        if (words.take("severity")) {
            json.put("severity", words.take("a severity", "write one of " + String.join(", ", RuleReader.SEVERITIES)));
        }
        json.put("when", words.threshold().text());
        if (words.take("unless")) {
            String path = words.take("what switches it off", "write a path, such as type");
            json.put("unless", path + " " + words.condition().text());
        }
        words.requireEnd();
        return json;
    }
}

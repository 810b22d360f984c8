package pulseboard.alert;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes rules as alerting rules for Prometheus, as far as it has the same figures; of the others it says why they are missing. */
final class PrometheusRules {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z0-9]{1,63})}}");

    private PrometheusRules() {}

    /** The text of a file of rules. JSON in it is YAML. */
    static String text(Collection<List<Rule>> boards) {
        StringBuilder file =
                new StringBuilder("# Rules of Pulseboard. What Prometheus has no figure for is left out:\n");
        List<Rule> exported = new ArrayList<>();
        for (Rule rule : boards.stream().flatMap(List::stream).toList()) {
            String why = whyNot(rule);
            if (why.isEmpty()) {
                exported.add(rule);
            } else {
                file.append("# - ").append(rule.name()).append(": ").append(why).append('\n');
            }
        }
        if (exported.isEmpty()) {
            return file.append("groups: []\n").toString();
        }
        file.append("groups:\n  - name: pulseboard\n    rules:\n");
        exported.forEach(rule -> rule.levels().forEach((level, threshold) -> write(file, rule, level, threshold)));
        return file.toString();
    }

    private static String whyNot(Rule rule) {
        boolean isOfNumbers = rule.levels().values().stream()
                .map(each -> each.when().how())
                .allMatch(how -> how == Condition.How.ABOVE || how == Condition.How.BELOW);
        if (rule.unless() != null) {
            return "unless is not exported";
        }
        return rule.texts().metric().isEmpty()
                ? "no metric is known for " + rule.board() + ":" + rule.watch().text()
                : isOfNumbers ? "" : "its condition is not above or below";
    }

    private static void write(StringBuilder file, Rule rule, Level level, Threshold threshold) {
        String[] metric = rule.texts().metric().split(" by (?=[a-z_]+$)", 2);
        String value = rule.meanMilliseconds() > 0
                ? "avg_over_time((" + metric[0] + ")[" + Times.text(rule.meanMilliseconds()) + ":])"
                : "(" + metric[0] + ")";
        String sign = threshold.when().how() == Condition.How.ABOVE ? " > " : " < ";
        String key = metric.length > 1 ? "{{ $labels." + metric[1] + " }}" : "";
        line(file, "      - alert", rule.name());
        line(file, "        expr", value + sign + Figures.plain(threshold.when().number()));
        line(file, "        for", Times.text(threshold.forMilliseconds()));
        line(file, "        labels", null);
        line(file, "          severity", level.text());
        line(file, "          board", rule.board());
        line(file, "        annotations", null);
        line(file, "          summary", filled(rule.texts().text(), key));
        line(file, "          description", filled(rule.texts().help(), key));
    }

    private static void line(StringBuilder file, String name, @Nullable String value) {
        file.append(name)
                .append(value == null ? ":" : ": " + Json.encode(value))
                .append('\n');
    }

    /** In the language of Prometheus's templates; what is none of ours is text. */
    private static String filled(String text, String key) {
        Matcher place = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (place.find()) {
            filled.append(text.substring(end, place.start()).replace("{{", "{ {"));
            filled.append(
                    switch (place.group(1)) {
                        case "key" -> key;
                        case "value" -> "{{ $value | humanize }}";
                        default -> "";
                    });
            end = place.end();
        }
        return filled.append(text.substring(end).replace("{{", "{ {"))
                .toString()
                .strip();
    }
}

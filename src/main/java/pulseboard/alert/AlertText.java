package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says, with figures filled in as people read them. What is filled in is text and never a template again.
 *
 * @param key what of the board; may be empty
 * @param neighbours the values beside it, by their names
 */
record AlertText(Rule rule, String key, @Nullable Object value, JsonObject neighbours) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z0-9]{1,63})}}");
    private static final int MOST_CHARACTERS = 300;

    /** What is wrong. {@code {{for}}} stays, because it changes by itself. */
    String text() {
        return fill(rule.texts().text());
    }

    /** What to do about it, likewise. */
    String help() {
        return fill(rule.texts().help());
    }

    private String fill(String template) {
        Matcher place = PLACE.matcher(template);
        StringBuilder said = new StringBuilder();
        while (place.find()) {
            String name = place.group(1);
            String filled = switch (name) {
                case "key" -> plain(key);
                case "value" -> plain(Figures.text(unit(), value));
                case "for" -> "{{for}}";
                default -> plain(Figures.text(name, neighbours.getValue(name)));
            };
            place.appendReplacement(said, Matcher.quoteReplacement(filled));
        }
        return place.appendTail(said).toString();
    }

    /** What is divided or counted has the unit no more. */
    private String unit() {
        Condition.How how = rule.levels().values().iterator().next().when().how();
        boolean isCounted = how == Condition.How.RISES || how == Condition.How.CHANGES;
        if (how == Condition.How.REACHES) {
            return "Seconds";
        }
        return rule.of() != null || isCounted ? "" : rule.watch().last();
    }

    /** Names of files and disks, and texts of boards, are anybody's. */
    static String plain(String key) {
        String oneLine = key.replaceAll("\\p{Cntrl}", " ").replace("{{", "{ {");
        return oneLine.length() > MOST_CHARACTERS ? oneLine.substring(0, MOST_CHARACTERS) + "…" : oneLine;
    }
}

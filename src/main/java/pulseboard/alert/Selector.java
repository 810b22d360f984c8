package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Which alerts are meant: those whose board, rule and key are each among these, where {@code *} stands for any text. An empty list
 * means all.
 *
 * @param boards such as {@code host}
 * @param rules such as {@code filesystem-*}
 * @param keys such as {@code /srv/*}
 */
record Selector(List<String> boards, List<String> rules, List<String> keys) {

    static final Selector ALL = new Selector(List.of(), List.of(), List.of());

    /** Copies. */
    Selector {
        boards = List.copyOf(boards);
        rules = List.copyOf(rules);
        keys = List.copyOf(keys);
    }

    static Selector of(Section section) {
        return new Selector(section.texts("boards"), section.texts("rules"), section.texts("keys"));
    }

    /** Whether nothing at all is said. */
    boolean isEmpty() {
        return equals(ALL);
    }

    boolean matches(JsonObject alert) {
        return mismatch(alert).isEmpty();
    }

    /** Why an alert is not meant, a few words; empty when it is. */
    String mismatch(JsonObject alert) {
        if (!isAmong(boards, alert.getString("board", ""))) {
            return "its boards are " + String.join(", ", boards);
        }
        if (!isAmong(rules, alert.getString("rule", ""))) {
            return "its rules are " + String.join(", ", rules);
        }
        return isAmong(keys, alert.getString("key", "")) ? "" : "its keys are " + String.join(", ", keys);
    }

    private static boolean isAmong(List<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> fits(pattern, text));
    }

    /** By going back to the last star only, so that no pattern takes long. */
    static boolean fits(String pattern, String text) {
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                afterStar = i;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++afterStar;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(each -> each == '*');
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("boards", new JsonArray(new ArrayList<>(boards)))
                .put("rules", new JsonArray(new ArrayList<>(rules)))
                .put("keys", new JsonArray(new ArrayList<>(keys)));
    }

    static Selector of(JsonObject json) {
        return of(new Section("silence", json));
    }
}

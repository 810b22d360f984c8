package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What becomes of alerts in a {@link MessengerRun}, in a few words each. */
final class MessageScript {

    private final MessengerRun run;
    private final Map<String, JsonObject> alerts = new HashMap<>();

    MessageScript(MessengerRun run) {
        this.run = run;
    }

    /** It fires. */
    MessageScript fires(long at, String rule, String level, String text) {
        alerts.put(rule, JsonObject.of("board", "host", "rule", rule, "level", level, "text", text, "firingSince", at));
        return tell(at, rule, Transition.Kind.FIRING);
    }

    /** It goes on firing. */
    MessageScript goesOn(long at, String rule, Transition.Kind kind, String... members) {
        JsonObject alert = alert(rule);
        for (int i = 0; i < members.length; i += 2) {
            alert.put(members[i], members[i + 1]);
        }
        return tell(at, rule, kind);
    }

    /** Somebody has seen it. */
    MessageScript acknowledged(long at, String rule) {
        tell(at, rule, Transition.Kind.ACKNOWLEDGED, alert(rule).copy().put("acknowledgedBy", "ada"));
        return this;
    }

    /** It comes and goes, here for the fifth time. */
    MessageScript flaps(long at, String rule) {
        JsonObject alert = alert(rule).put("firingSince", at);
        return tell(at, rule, Transition.Kind.FLAPPING, alert.copy().put("flapping", true));
    }

    MessageScript ends(long at, String rule) {
        return tell(at, rule, Transition.Kind.RESOLVED);
    }

    /** It fires and is over, both at once. */
    MessageScript happens(long at, String rule, String text) {
        JsonObject alert = JsonObject.of("board", "host", "rule", rule, "level", "warning", "text", text)
                .put("firingSince", at);
        run.at(
                at,
                it -> it.messenger()
                        .take(
                                List.of(
                                        new Transition(rule, Transition.Kind.FIRING, at, alert),
                                        new Transition(rule, Transition.Kind.RESOLVED, at, alert)),
                                at));
        return this;
    }

    private JsonObject alert(String rule) {
        JsonObject alert = alerts.get(rule);
        if (alert == null) {
            throw new IllegalArgumentException(rule + " does not fire");
        }
        return alert;
    }

    private MessageScript tell(long at, String rule, Transition.Kind kind) {
        return tell(at, rule, kind, alert(rule).copy());
    }

    private MessageScript tell(long at, String rule, Transition.Kind kind, JsonObject alert) {
        run.at(at, it -> it.messenger().take(List.of(new Transition(rule, kind, at, alert)), at));
        return this;
    }
}

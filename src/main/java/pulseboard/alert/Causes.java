package pulseboard.alert;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;

/**
 * Who is to blame, for alerts whose rule says where that is logged: asked of the history while they fire, once a minute. A rule says
 * board, list and what to say of its first row: {@code processes cpu {{name}} {{cpuPercent}}}. Used on one context.
 */
final class Causes {

    private static final Logger LOG = LoggerFactory.getLogger(Causes.class);
    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);
    private static final long EACH_MILLISECONDS = TimeUnit.MINUTES.toMillis(1);
    private static final long SOON_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z0-9]{1,63})}}");

    private long dueAt;

    /** Asks for all that fire if it is time to; done is called for each that is known. */
    void askIfDue(Vertx vertx, List<Alert> alerts, long now, Runnable done) {
        if (now < dueAt) {
            return;
        }
        for (Alert alert : alerts) {
            String[] cause = alert.rule().texts().cause().split(" ", 3);
            if (alert.isShown() && cause.length == 3) {
                dueAt = now + EACH_MILLISECONDS;
                vertx.eventBus()
                        .<JsonObject>request(
                                Addresses.history(cause[0]),
                                JsonObject.of("from", "-3m", "to", "now"),
                                WITHIN_5_SECONDS)
                        .onSuccess(reply -> {
                            String said = said(reply.body(), cause[1], cause[2]);
                            dueAt = said.isEmpty() ? now + SOON_MILLISECONDS : dueAt;
                            alert.blame(said);
                            done.run();
                        })
                        .onFailure(failure -> LOG.debug("Nobody knows who is to blame", failure));
            }
        }
    }

    /** What is said of the first row of a list in the newest minute; empty when there is none. */
    static String said(JsonObject answer, String list, String template) {
        JsonArray minutes = answer.getJsonArray("minutes", new JsonArray());
        if (minutes.isEmpty()) {
            return "";
        }
        JsonArray rows = minutes.getJsonObject(minutes.size() - 1).getJsonArray(list, new JsonArray());
        return rows.isEmpty() ? "" : filled(rows.getJsonObject(0), template);
    }

    private static String filled(JsonObject row, String template) {
        Matcher place = PLACE.matcher(template);
        StringBuilder said = new StringBuilder();
        while (place.find()) {
            Object value = row.getValue(place.group(1));
            String text = value == null ? "" : Figures.text(place.group(1), value);
            place.appendReplacement(said, Matcher.quoteReplacement(AlertText.plain(text)));
        }
        return place.appendTail(said).toString().replace(" ()", "").strip();
    }
}

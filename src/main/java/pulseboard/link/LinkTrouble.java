package pulseboard.link;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;

/** Why there is no link, in words. What the other end says of it is untrusted. */
final class LinkTrouble {

    private static final int MOST_CHARACTERS = 300;
    private static final int NOT_FOUND = 404;

    private LinkTrouble() {}

    /** It answered, and took no link. */
    static String of(UpgradeRejectedException refusal) {
        if (refusal.getStatus() == NOT_FOUND) {
            return "there is no Pulseboard that takes links (404); fleet.accept: true makes it one";
        }
        try {
            String message = new JsonObject(refusal.getBody()).getString("message");
            if (message != null) {
                return printable(message);
            }
        } catch (RuntimeException e) {
            // No word of ours: the status has to do.
        }
        return "it answers " + refusal.getStatus();
    }

    /** It could not be reached: the innermost cause says the most. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }

    /** It was connected, and is no more. */
    static String of(WebSocket closed) {
        String reason = closed.closeReason();
        return reason == null || reason.isEmpty() ? "the connection was lost" : printable(reason);
    }

    /** Without what would write elsewhere on a terminal or in a log. */
    static String printable(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}

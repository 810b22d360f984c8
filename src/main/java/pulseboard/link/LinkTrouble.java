package pulseboard.link;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;

/** Why there is no link, in words. What the other end says of it is untrusted. */
final class LinkTrouble {

    private static final int MOST_CHARACTERS = 300;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private LinkTrouble() {}

    /** Whether it is likely to say so again: what a proxy says while nothing is behind it, or when it is asked too often, is not. */
    static boolean isForGood(UpgradeRejectedException refusal) {
        int status = refusal.getStatus();
        return status < SERVER_ERROR && status != TIMEOUT && status != TOO_MANY;
    }

    private static String refused(UpgradeRejectedException refusal) {
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

    /** It took no link, or could not be reached: then the innermost cause says the most. */
    static String of(Throwable failure) {
        if (failure instanceof UpgradeRejectedException refusal) {
            return refused(refusal);
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (String.valueOf(cause.getMessage()).startsWith("not an SSL/TLS record")) { // It prints what came.
            return "what answers there does not speak TLS; an address without it begins with http://";
        }
        return printable(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()));
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

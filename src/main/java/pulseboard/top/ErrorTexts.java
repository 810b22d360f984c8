package pulseboard.top;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.BoardId;

/** Why there is no connection, in words. */
public final class ErrorTexts {

    /** What to do where a token is wanted. */
    public static final String SIGN_IN = "it asks to sign in: give a token with --token-file or PULSEBOARD_TOKEN";

    static final String SIGNED_OUT = "signed out: the token is not good any more";
    static final String RESTARTING = "the server restarts";
    static final String SILENT = "the server fell silent";

    private static final String BROKEN = "the connection broke";
    private static final String TOO_MANY = "there are too many viewers already";
    private static final Map<Integer, String> BY_CODE =
            Map.of(1012, RESTARTING, 1013, TOO_MANY, 4401, SIGNED_OUT, 1000, "the server closed the connection");
    private static final Map<String, String> BY_WORD =
            Map.of("restarting", RESTARTING, "signed_out", SIGNED_OUT, "too_many_viewers", TOO_MANY);

    private ErrorTexts() {}

    /** What an error frame says about the end of the connection; null for one that ends nothing. */
    static @Nullable String ofWord(String word) {
        return BY_WORD.get(word);
    }

    /** Why a board is not for us, of the server's own machine or another one. */
    static String ofRejection(String board, String machine) {
        if (!board.equals(FeedClient.HOST)) {
            return "there is no board " + new BoardId(machine, board) + ", or this token is not for it";
        }
        return machine.isEmpty()
                ? "this token is not for this board"
                : "no machine " + machine + " is linked there, or this token is not for its boards";
    }

    /** Why a connection failed or ended. */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketLink.Ended ended) {
                return BY_CODE.getOrDefault(
                        ended.code(), ended.code() == 0 ? String.valueOf(ended.getMessage()) : BROKEN);
            }
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "there is no host of that name";
            }
            if (cause instanceof HttpTimeoutException) {
                return "no answer";
            }
            if (cause instanceof SSLException) {
                return "TLS: " + cause.getMessage();
            }
            if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                return "the server answers " + refused.getResponse().statusCode();
            }
        }
        return root(failure) instanceof ConnectException ? "connection refused" : BROKEN;
    }

    /** The status with which the server refused a WebSocket, 0 if it did not. */
    static int status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
                ? refused.getResponse().statusCode()
                : 0;
    }

    /** What the server itself says about a refusal; null if it is not in its words. */
    static @Nullable String ofAnswer(Server.Answer answer) {
        try {
            JsonObject body = new JsonObject(answer.body());
            return "login_required".equals(body.getString("error")) ? SIGN_IN : body.getString("message");
        } catch (DecodeException | ClassCastException notOurs) {
            return null;
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}

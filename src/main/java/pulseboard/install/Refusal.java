package pulseboard.install;

/** Nothing was done, because it would not be right here; the message is one line that says why and what to do instead. */
public final class Refusal extends RuntimeException {

    Refusal(String message) {
        super(message, null, false, false);
    }
}

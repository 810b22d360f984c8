package pulseboard.auth.oidc;

/** Why a sign-in came to nothing. The message is one line for the operator, and for nobody else. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the person at the browser is told. */
    public enum Kind {
        /** The provider or our groups do not let this person in. */
        DENIED,
        /** Something is wrong with the provider, the settings or the answer. */
        FAILED,
        /** This browser has begun no sign-in, or too long ago, or it was used before. */
        EXPIRED
    }

    private final Kind kind;

    /** Makes one. */
    public Refusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What the person at the browser is told. */
    public Kind kind() {
        return kind;
    }
}

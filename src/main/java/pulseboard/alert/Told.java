package pulseboard.alert;

/** Who wants to know what becomes of alerts. */
interface Told {

    /** This became of it. */
    void told(Alert alert, Transition.Kind kind);

    /** What of it is kept on disk is another now. */
    void changed(Alert alert);

    /** Whether what is not there may only not be there yet. */
    boolean isStarting();
}

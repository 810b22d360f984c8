package pulseboard.alert;

/** What a channel has to be told of an alert. */
enum Need {
    /** Nothing. */
    NONE,
    /** It fires, or does so at a higher level. */
    BEGINNING,
    /** It comes and goes. */
    FLAPPING,
    /** It still fires. */
    REMINDER,
    /** It is over, and that it fired was told. */
    END,
    /** It fired and is over, both at once. */
    BOTH
}

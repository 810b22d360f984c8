package pulseboard.alert;

/**
 * Messages about an alert are held back.
 *
 * @param by what holds them, such as {@code quiet hours night}
 * @param until when it may be over, in Unix milliseconds
 */
record Held(String by, long until) {}

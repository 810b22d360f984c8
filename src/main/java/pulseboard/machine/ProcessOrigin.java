package pulseboard.machine;

/**
 * What tells processes of the same name apart; untrusted text, each empty where there is none.
 *
 * @param program the script, the jar or the main class that an interpreter runs
 * @param unit the service or scope of the service manager
 * @param container the first digits of its number, or its name
 */
public record ProcessOrigin(String program, String unit, String container) {

    /** Nothing is known. */
    public static final ProcessOrigin UNKNOWN = new ProcessOrigin("", "", "");
}

package pulseboard.machine.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a mount or of a filesystem, with commas between them, as tables of mounts have them. */
final class MountOptions {

    private static final Pattern TIMEOUT = Pattern.compile("(?:^|,)timeout=(\\d{1,9})(?:,|$)");

    private MountOptions() {}

    static boolean has(String options, String option) {
        int at = options.indexOf(option);
        while (at >= 0) {
            int end = at + option.length();
            if ((at == 0 || options.charAt(at - 1) == ',') && (end == options.length() || options.charAt(end) == ',')) {
                return true;
            }
            at = options.indexOf(option, at + 1);
        }
        return false;
    }

    /** Whether the kernel reports, as it does from Linux 6.15 on, that it found an error, and lets nobody write since. */
    static boolean hadError(String options) {
        return has(options, "emergency_ro");
    }

    /** Whether nobody can write. After an error the kernel says so instead of {@code ro}. */
    static boolean isReadOnly(String options) {
        return has(options, "ro") || hadError(options);
    }

    /** After how many seconds an automounter of these options unmounts what is not used; 0 for never. */
    static int timeoutSeconds(String options) {
        Matcher timeout = TIMEOUT.matcher(options);
        return timeout.find() ? Integer.parseInt(timeout.group(1)) : 0;
    }
}

package pulseboard.machine.linux;

/** Text of lines that each hold a key and a number, such as {@code /proc/meminfo} and {@code /proc/vmstat}. */
final class KeyedNumbers {

    private KeyedNumbers() {}

    /** The number behind a key, which starts its line; {@link Numbers#UNKNOWN} where it is missing or no number. */
    static long get(String text, String key) {
        int start = behind(text, key);
        return start < 0 ? Numbers.UNKNOWN : Numbers.countAt(text, skipBlanks(text, start));
    }

    /** The same of the second word behind the key: the statistics of ZFS have a type in between. */
    static long second(String text, String key) {
        int start = behind(text, key);
        if (start < 0) {
            return Numbers.UNKNOWN;
        }
        int at = skipBlanks(text, start);
        while (at < text.length() && text.charAt(at) > ' ') {
            at++;
        }
        return Numbers.countAt(text, skipBlanks(text, at));
    }

    /** Where the key ends; negative where there is none. */
    private static int behind(String text, String key) {
        if (text.startsWith(key)) {
            return key.length();
        }
        int before = text.indexOf("\n" + key);
        return before < 0 ? -1 : before + 1 + key.length();
    }

    private static int skipBlanks(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}

package pulseboard.host.linux;

/** Text of lines that each hold a key and a number, such as {@code /proc/meminfo} and {@code /proc/vmstat}. */
final class KeyedNumbers {

    private KeyedNumbers() {}

    /** The number behind a key, which starts its line; -1 where the key is missing. */
    static long get(String text, String key) {
        int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
        if (at == 0 && !text.startsWith(key)) {
            return -1;
        }
        int start = at + key.length();
        while (text.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text, start, end, 10);
    }
}

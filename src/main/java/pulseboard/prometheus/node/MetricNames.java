package pulseboard.prometheus.node;

/** Names of metrics that are made of what the kernel writes. */
final class MetricNames {

    private MetricNames() {}

    /** What is no name of a metric would make the whole text one that nobody can read. */
    static boolean isName(String text) {
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            boolean isLetter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
            if (!isLetter && (each < '0' || each > '9')) {
                return false;
            }
        }
        return true;
    }
}

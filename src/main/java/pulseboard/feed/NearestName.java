package pulseboard.feed;

/** Which of the names that there are somebody may have meant: the one with the least letters to change (Levenshtein). */
public final class NearestName {

    private static final int CLOSE = 2;

    private NearestName() {}

    /** The first of those that are nearest; empty when there is none at all. */
    public static String to(String wanted, Iterable<String> names) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String name : names) {
            int distance = distance(wanted, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The same, where it is so near that it may well be meant: two letters are other ones, or a third of all; else empty. */
    public static String closeTo(String wanted, Iterable<String> names) {
        String nearest = to(wanted, names);
        return distance(wanted, nearest) <= Math.max(CLOSE, wanted.length() / 3) ? nearest : "";
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

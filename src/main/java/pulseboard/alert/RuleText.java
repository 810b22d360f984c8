package pulseboard.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pulseboard.alert.Condition.How;
import pulseboard.feed.NearestName;

/**
 * Reads the short form of rules word by word; what is wrong is said with its column. Words are parted by spaces, but not in
 * quotation marks, and lists stand in brackets: {@code is "not there"}, {@code in [squashfs, iso9660]}.
 */
final class RuleText {

    private static final List<How> HOWS =
            Arrays.stream(How.values()).filter(how -> how != How.GONE).toList();

    private record Word(String text, int column, boolean isQuoted) {}

    private final List<Word> words = new ArrayList<>();
    private final int length;
    private int next;

    RuleText(String text) {
        this.length = text.length();
        split(text);
    }

    private void split(String text) {
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (Character.isWhitespace(first) || first == ',') {
                at++;
            } else if (first == '[' || first == ']') {
                words.add(new Word(String.valueOf(first), at + 1, false));
                at++;
            } else {
                at = word(text, at);
            }
        }
    }

    /** A quotation mark may also be within a word, as in a path. */
    private int word(String text, int start) {
        boolean isInQuotes = false;
        int end = start;
        while (end < text.length() && (isInQuotes || !isEnd(text.charAt(end)))) {
            isInQuotes ^= text.charAt(end) == '"';
            end++;
        }
        if (isInQuotes) {
            throw new WrongRule("a quotation mark is missing", start + 1, "add one more \"");
        }
        String word = text.substring(start, end);
        boolean isQuoted = word.length() > 1 && word.startsWith("\"") && word.indexOf('"', 1) == word.length() - 1;
        words.add(new Word(isQuoted ? word.substring(1, word.length() - 1) : word, start + 1, isQuoted));
        return end;
    }

    private static boolean isEnd(char letter) {
        return Character.isWhitespace(letter) || letter == ',' || letter == '[' || letter == ']';
    }

    /** Whether there are no more words. */
    boolean isAtEnd() {
        return next >= words.size();
    }

    /** Whether the next word is this one; if so, it is taken. */
    boolean take(String word) {
        boolean isIt = !isAtEnd() && words.get(next).text.equals(word) && !words.get(next).isQuoted;
        next += isIt ? 1 : 0;
        return isIt;
    }

    /** Whether the next word is one of these, which stays. */
    boolean isNext(Set<String> some) {
        return !isAtEnd() && some.contains(words.get(next).text);
    }

    /** The column at which the next word begins. */
    int column() {
        return isAtEnd() ? length + 1 : words.get(next).column;
    }

    /** Takes the next word. */
    String take(String what, String mend) {
        if (isAtEnd()) {
            throw new WrongRule(what + " is missing", length + 1, mend);
        }
        return words.get(next++).text;
    }

    /** Nothing may follow. */
    void requireEnd() {
        if (!isAtEnd()) {
            throw new WrongRule(
                    "nobody knows what \"" + words.get(next).text + "\" means here",
                    column(),
                    "leave it out, or write one of for, clear, clearFor, unless");
        }
    }

    /** Takes a length of time. */
    long time(String after) {
        int column = column();
        return at(column, () -> Times.milliseconds(take("a time after " + after, "write one such as 10m")));
    }

    /** Takes a path. */
    ValuePath path(String what) {
        int column = column();
        return at(column, () -> ValuePath.of(take(what, "write it as in memory.usedPercent")));
    }

    private interface Reading<T> {
        T read();
    }

    /** What is wrong with a part is told from the beginning of all. */
    private static <T> T at(int column, Reading<T> reading) {
        try {
            return reading.read();
        } catch (WrongRule wrong) {
            throw wrong.column() >= column ? wrong : wrong.movedBy(column - 1);
        }
    }

    /** Takes a condition, such as {@code is squashfs}. */
    Condition condition() {
        int column = column();
        String word = take("a condition", "write one such as above 90");
        How how = HOWS.stream()
                .filter(each -> each.text().equals(word))
                .findFirst()
                .orElseThrow(() -> new WrongRule(
                        "\"" + word + "\" is no condition",
                        column,
                        "the nearest is " + NearestName.to(word, names()) + "; there are "
                                + String.join(", ", names())));
        return switch (how) {
            case PRESENT, ABSENT, GONE, DIFFERS -> Condition.of(how);
            case IN -> Condition.of(how, list(), 0);
            case RISES, CHANGES -> counted(how, "in");
            case REACHES -> counted(how, "within");
            default -> compared(how, 0);
        };
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        HOWS.forEach(how -> names.add(how.text()));
        return names;
    }

    private Condition compared(How how, long window) {
        int column = column();
        String than = take("what follows " + how.text(), "write it as in " + how.text() + " 90");
        return at(column, () -> Condition.of(how, List.of(than), window));
    }

    private Condition counted(How how, String word) {
        Condition count = compared(how, 0);
        if (!take(word)) {
            throw new WrongRule(
                    "after " + count.text().replaceAll(" (in|within) .*", "") + " the time is missing",
                    column(),
                    "write it as in " + how.text() + " 10 " + word + " 1h");
        }
        return new Condition(how, count.than(), count.number(), time(word));
    }

    private List<String> list() {
        if (!take("[")) {
            throw new WrongRule("a list is missing", column(), "write it as in in [squashfs, iso9660]");
        }
        List<String> all = new ArrayList<>();
        while (!take("]")) {
            all.add(take("the end of a list", "add a ]"));
        }
        return all;
    }

    /** Takes a threshold, such as {@code above 93 for 2m clear 85}. */
    Threshold threshold() {
        Condition when = condition();
        Condition until = when.opposite();
        long hold =
                when.how() == How.ABSENT && !isAtEnd() && words.get(next).text.matches("[0-9]{1,6}[smhd]")
                        ? time("absent")
                        : 0;
        long clearHold = -1;
        while (isNext(Set.of("for", "clear", "clearFor"))) {
            int column = column();
            if (take("for")) {
                hold = time("for");
            } else if (take("clearFor")) {
                clearHold = time("clearFor");
            } else if (take("clear")) {
                until = cleared(when, column);
            }
        }
        return new Threshold(when, hold, until, clearHold < 0 ? hold : clearHold);
    }

    private Condition cleared(Condition when, int column) {
        if (!when.canBeCleared()) {
            throw new WrongRule(
                    "clear is only for numbers",
                    column,
                    "leave it out: " + when.how().text() + " ends by itself");
        }
        Condition clear = compared(when.how(), when.windowMilliseconds());
        boolean isBeyond = when.how() == How.BELOW ? clear.number() < when.number() : clear.number() > when.number();
        if (isBeyond) {
            throw new WrongRule(
                    "it would end before it begins: clear " + clear.than().get(0),
                    column,
                    "write a number that is " + (when.how() == How.BELOW ? "not lower" : "not higher") + " than "
                            + when.than().get(0));
        }
        return when.clearedAt(clear);
    }
}

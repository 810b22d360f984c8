package pulseboard.alert.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How text is written so that the other side shows it as text. JSON around it is no matter: templates are filled as JSON. */
enum Escape {
    /** As it is. */
    PLAIN("\n"),
    /** Of chats: a backslash before each character that may mean something. */
    MARKDOWN("\n"),
    /** Between tags and within attributes. */
    HTML("<br>"),
    /** The three characters with which Slack marks what is no text. */
    SLACK("\n");

    private static final String MARKS = "\\`*_~|>#+-.![](){}<:@";

    private final String lineBreak;

    Escape(String lineBreak) {
        this.lineBreak = lineBreak;
    }

    /** By its name in a template; throws an IllegalArgumentException when there is none of that name. */
    static Escape named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What is left of it at most, and how that is counted. */
    record Limit(int most, boolean isInBytes) {

        static final Limit NONE = new Limit(Integer.MAX_VALUE, false);

        /** Such as {@code 250}, UTF-16 units, or {@code 4000b}, bytes of UTF-8. */
        static Limit of(String text) {
            boolean isInBytes = text.endsWith("b");
            return new Limit(Integer.parseInt(isInBytes ? text.substring(0, text.length() - 1) : text), isInBytes);
        }

        int size(String text) {
            return isInBytes ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
        }
    }

    /** Lines, escaped and together not longer than that; an ellipsis stands where something is missing. */
    String lines(List<String> lines, Limit limit) {
        StringBuilder text = new StringBuilder();
        int left = limit.most();
        for (int i = 0; i < lines.size(); i++) {
            String before = i == 0 ? "" : lineBreak;
            String more = i + 1 == lines.size() ? "" : lineBreak + "…";
            String line = before + line(lines.get(i), Limit.NONE);
            if (limit.size(line) + limit.size(more) > left) {
                int room = left - limit.size(before);
                return text.append(before)
                        .append(line(lines.get(i), new Limit(room, limit.isInBytes())))
                        .toString();
            }
            text.append(line);
            left -= limit.size(line);
        }
        return text.toString();
    }

    /** One line; what is cut is cut between two characters, and never within an escaped one. */
    private String line(String line, Limit limit) {
        StringBuilder text = new StringBuilder();
        int left = limit.most() - limit.size("…");
        int[] characters = line.codePoints().toArray();
        String whole = escaped(line);
        if (limit.size(whole) <= limit.most()) {
            return whole;
        }
        for (int character : characters) {
            String escaped = escaped(Character.toString(character));
            if (limit.size(escaped) > left) {
                break;
            }
            left -= limit.size(escaped);
            text.append(escaped);
        }
        return limit.most() < limit.size("…") ? "" : text.append("…").toString();
    }

    private String escaped(String text) {
        return switch (this) {
            case PLAIN -> text;
            case HTML -> Texts.html(text);
            case SLACK -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            case MARKDOWN -> marked(text);
        };
    }

    private static String marked(String text) {
        StringBuilder marked = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (MARKS.indexOf(character) >= 0) {
                marked.append('\\');
            }
            marked.appendCodePoint(character);
        });
        return marked.toString();
    }
}

package pulseboard.alert.channel;

import java.time.ZoneId;
import java.util.List;

/** A message as the two bodies of a mail. */
final class MailText {

    /** More are counted. */
    static final int MOST_ITEMS = 100;

    private static final String BORDER = "border-left:4px solid %s;padding:2px 0 2px 10px;margin:0 0 14px";

    private final Message message;
    private final ZoneId zone;

    MailText(Message message, ZoneId zone) {
        this.message = message;
        this.zone = zone;
    }

    private List<Message.Item> items() {
        return message.items().stream().limit(MOST_ITEMS).toList();
    }

    private String rest() {
        int more = message.items().size() - MOST_ITEMS;
        return more > 0 ? "and " + more + " more" : "";
    }

    private String from() {
        return "Pulseboard on " + Texts.oneLine(message.host());
    }

    /** Plain text. */
    String plain() {
        StringBuilder text = new StringBuilder(MessageText.subject(message)).append("\n\n");
        paragraph(text, MessageText.notice(message));
        for (Message.Item item : items()) {
            text.append(MessageText.word(item))
                    .append(": ")
                    .append(MessageText.text(item))
                    .append('\n');
            text.append(MessageText.times(item, zone)).append('\n');
            String help = MessageText.help(item);
            if (!help.isEmpty()) {
                text.append("What to do: ").append(help).append('\n');
            }
            text.append('\n');
        }
        paragraph(text, rest());
        paragraph(text, Texts.oneLine(message.link()));
        return text.append("-- \n").append(from()).append('\n').toString();
    }

    private static void paragraph(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append(line).append("\n\n");
        }
    }

    /** HTML, with everything escaped. */
    String html() {
        StringBuilder html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
        html.append("<h3>").append(Texts.html(MessageText.subject(message))).append("</h3>");
        htmlParagraph(html, MessageText.notice(message));
        items().forEach(item -> add(html, item));
        htmlParagraph(html, rest());
        if (message.link().matches("https?://.*")) {
            html.append("<p><a href=\"").append(Texts.html(message.link())).append("\">Open the page</a></p>");
        }
        return html.append("<p style=\"color:#666\">")
                .append(Texts.html(from()))
                .append("</p></body></html>")
                .toString();
    }

    private static void htmlParagraph(StringBuilder html, String line) {
        if (!line.isEmpty()) {
            html.append("<p>").append(Texts.html(line)).append("</p>");
        }
    }

    private void add(StringBuilder html, Message.Item item) {
        html.append("<div style=\"").append(BORDER.formatted(colour(item))).append("\"><b>");
        html.append(Texts.html(MessageText.word(item))).append("</b>: ").append(Texts.html(MessageText.text(item)));
        html.append("<br><small>")
                .append(Texts.html(MessageText.times(item, zone)))
                .append("</small>");
        String help = MessageText.help(item);
        if (!help.isEmpty()) {
            html.append("<br>What to do: <code>").append(Texts.html(help)).append("</code>");
        }
        html.append("</div>");
    }

    private static String colour(Message.Item item) {
        if (item.endedAt() > 0) {
            return "#2e7d32";
        }
        return item.level().equals("critical") ? "#c62828" : "#b26a00";
    }
}

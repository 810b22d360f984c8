package pulseboard.alert.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Texts from elsewhere, made fit for one line. */
final class Texts {

    /** What is said of an answer, at most. */
    static final int ANSWER_CHARACTERS = 1_000;

    /** Shorter ones are in half of all words. */
    private static final int LEAST_SECRET = 4;

    private Texts() {}

    /** Without anything that breaks a line, moves a cursor or turns the direction of what follows. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ")
                .replaceAll("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]", "");
    }

    /** At most so many UTF-16 units, the last one an ellipsis where something is missing; never half a character. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(0, most - 1);
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** What is safe within a Message-ID or a name of a host; never empty. */
    static String word(String text) {
        String word = cut(text.replaceAll("[^A-Za-z0-9.-]", "-"), 60).replace("…", "");
        return word.isEmpty() ? "-" : word;
    }

    /** As one part of the path of an address: RFC 3986, "pchar". */
    static String pathPart(String text) {
        StringBuilder part = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each > ' ' && (Character.isLetterOrDigit(each) || "-._~!$&'()*+,;=:@".indexOf(each) >= 0);
            part.append(isPlain ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return part.toString();
    }

    /** Escaped for HTML, between tags and within attributes. */
    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** What is neither a visible character of ASCII nor a space has no place in a header. */
    static String headerValue(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "_");
    }

    /** An answer in one line, without the secrets that were shown, however the other side writes them. */
    static String answer(String text, Collection<String> secrets) {
        String told = text;
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                told = told.replace(form, "…");
            }
        }
        return cut(oneLine(told).replaceAll("\\s+", " ").strip(), ANSWER_CHARACTERS);
    }

    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        if (secret.length() >= LEAST_SECRET) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            forms.add(secret);
            forms.add(secret.replace("/", "\\/"));
            forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.add(Base64.getEncoder().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return forms;
    }
}

package pulseboard.alert.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/**
 * The settings of one channel, as they stand in a file. What is wrong is told in one line that begins with the key, such as {@code
 * channels.ops.url}, and never with what a secret is.
 */
final class ChannelSettings {

    /** Endings of the keys that say where a secret is. */
    static final String FILE = "File";

    static final String VARIABLE = "Env";

    private final String name;
    private final JsonObject json;
    private final Collection<String> known;

    /** @throws IllegalArgumentException when there is a key that such a channel has not */
    ChannelSettings(String name, JsonObject json, Collection<String> known) {
        this.name = name;
        this.json = json;
        this.known = known;
        json.fieldNames().forEach(this::requireKnown);
    }

    private void requireKnown(String key) {
        if (known.contains(key)) {
            return;
        }
        if (known.contains(key + FILE)) {
            throw mistake(
                    key,
                    "is a secret, which has no place here: write it into a file of its own (mode 0600) and name that as "
                            + key + FILE + ", or an environment variable that holds it as " + key + VARIABLE);
        }
        throw mistake(key, "is unknown; did you mean " + NearestName.to(key, known) + "?");
    }

    /** What to say of a key. */
    IllegalArgumentException mistake(String key, String what) {
        return new IllegalArgumentException("channels." + name + "." + key + " " + what);
    }

    String name() {
        return name;
    }

    boolean has(String key) {
        return json.getValue(own(key)) != null;
    }

    /** A key that is read must be one that is told of. */
    private String own(String key) {
        if (!known.contains(key)) {
            throw new IllegalStateException(key + " is not among " + known);
        }
        return key;
    }

    /** A text of one line. */
    String text(String key, String otherwise) {
        Object value = json.getValue(own(key));
        if (value == null) {
            return otherwise;
        }
        String text = value instanceof String || value instanceof Number || value instanceof Boolean
                ? value.toString().strip()
                : "";
        if (text.isEmpty() || !text.equals(Texts.oneLine(text))) {
            throw mistake(key, "must be a text of one line");
        }
        return text;
    }

    /** The same, of a key that has to be there. */
    String required(String key, String example) {
        if (!has(key)) {
            throw mistake(key, "is missing, such as " + key + ": " + example);
        }
        return text(key, "");
    }

    /** One of a few words. */
    String oneOf(String key, String otherwise, List<String> words) {
        String word = text(key, otherwise);
        if (!word.equals(otherwise) && !words.contains(word)) {
            throw mistake(key, "must be " + String.join(" or ", words));
        }
        return word;
    }

    /** One text, or a list of them; empty when there is none. */
    List<String> texts(String key) {
        Object value = json.getValue(own(key));
        if (value == null) {
            return List.of();
        }
        JsonArray all = value instanceof JsonArray array ? array : JsonArray.of(value);
        if (!all.stream().allMatch(each -> each instanceof String text && text.equals(Texts.oneLine(text)))) {
            throw mistake(key, "must be a text, or a list of texts");
        }
        return all.stream().map(each -> each.toString().strip()).toList();
    }

    /** A whole number within these limits. */
    int number(String key, int otherwise, int least, int most) {
        Object value = json.getValue(own(key));
        if (value == null) {
            return otherwise;
        }
        // As a reader of YAML has it: 587 may be a Long as well.
        boolean isWhole = value instanceof Number given && given.doubleValue() == Math.rint(given.doubleValue());
        long number = isWhole ? ((Number) value).longValue() : Long.MIN_VALUE;
        if (number < least || number > most) {
            throw mistake(key, "must be a whole number from " + least + " to " + most);
        }
        return (int) number;
    }

    /** Texts by name. */
    Map<String, String> texts(String key, String example) {
        Object value = json.getValue(own(key));
        Map<String, String> texts = new LinkedHashMap<>();
        if (value == null) {
            return texts;
        }
        if (!(value instanceof JsonObject object)) {
            throw mistake(key, "must be names and texts, such as " + example);
        }
        for (Map.Entry<String, Object> entry : object) {
            String text = String.valueOf(entry.getValue());
            if (!text.equals(Texts.oneLine(text))) {
                throw mistake(key + "." + entry.getKey(), "must be a text of one line");
            }
            texts.put(entry.getKey(), text);
        }
        return texts;
    }

    /** An object as it stands; null when there is none. */
    @Nullable
    JsonObject object(String key) {
        Object value = json.getValue(own(key));
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        throw mistake(key, "must be names and values");
    }

    /** Where a secret is: in a file, or in an environment variable; {@link Secret#NONE} when nothing says so. */
    Secret secret(String key) {
        String file = text(key + FILE, "");
        String variable = text(key + VARIABLE, "");
        if (!file.isEmpty() && !variable.isEmpty()) {
            throw mistake(key + FILE, "and " + key + VARIABLE + " are both set; one of them is enough");
        }
        if (!file.isEmpty()) {
            return Secret.inFile("channels." + name + "." + key + FILE, file);
        }
        return variable.isEmpty()
                ? Secret.NONE
                : Secret.inVariable("channels." + name + "." + key + VARIABLE, variable);
    }

    /** The same, of one that has to be there. */
    Secret requiredSecret(String key) {
        Secret secret = secret(key);
        if (secret.isNone()) {
            throw mistake(
                    key + FILE,
                    "is missing: the file that holds it, or " + key + VARIABLE + ": an environment variable");
        }
        return secret;
    }

    /** An address that is no secret. */
    String address(String key, String otherwise) {
        String address = text(key, otherwise);
        if (!address.isEmpty() && !isAddress(address)) {
            throw mistake(
                    key,
                    "must be an address such as https://example.net/path; a name and a password have keys of their own");
        }
        return address;
    }

    /** Whether a text is an address of the web without a name or password in it. */
    static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Which addresses are taken although they are of this machine. */
    AddressRules allowed(String key) {
        try {
            return AddressRules.of(texts(key));
        } catch (IllegalArgumentException e) {
            throw mistake(key, String.valueOf(e.getMessage()));
        }
    }
}

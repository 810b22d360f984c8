package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pulseboard.alert.channel.Readers;

/**
 * Whom the files name, and what those people chose for themselves about messages: {@code channels}, {@code severity} and {@code
 * quietHours} as in a file, which take the place of what the file says of them. Not thread-safe.
 */
final class People {

    private static final int MOST_CHOICES = 1_000;

    /** By the name with which they sign in. */
    private final SavedMap<JsonObject> chosen = new SavedMap<>("preferences", JsonObject::copy);

    private final Readers readers;
    private JsonObject parts = new JsonObject();
    private List<String> channels = List.of();

    /** Nobody yet. */
    People(Readers readers) {
        this.readers = readers;
    }

    /** Takes up what was kept. */
    void restore(Map<String, Map<String, JsonObject>> maps) {
        chosen.restore(maps, (user, json) -> json);
    }

    /** Writes what changed. */
    void save(Batch batch) {
        chosen.save(batch);
    }

    /** These parts of files count from now on, and there are channels of these names. */
    void files(JsonObject newest, Collection<String> names) {
        parts = newest;
        channels = List.copyOf(names);
    }

    /**
     * Who is told, by the files and by what people chose.
     *
     * @throws IllegalArgumentException when the files are wrong; the message says where and how to mend it
     */
    Routing routing() {
        return Routing.of(parts, channels, readers, this::asChosen);
    }

    /** Whether it may be another any time, because accounts and roles are. */
    boolean mayChange() {
        return parts.containsKey("people");
    }

    /** Whether it comes to the same as before; files that are wrong change nothing. */
    boolean areAsIn(Routing before) {
        try {
            Routing now = routing();
            return now.routes().equals(before.routes()) && now.quietHours().equals(before.quietHours());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** What cannot be any more, because a file changed, counts as if it had not been chosen. */
    private Person asChosen(Person person) {
        try {
            return choice(person.user()).map(person::with).orElse(person);
        } catch (IllegalArgumentException e) {
            return person;
        }
    }

    /** Whom the files name for somebody who signs in by this name, as the files say it; nobody while they are wrong. */
    Optional<Person> find(String user) {
        try {
            return Routing.people(parts, channels).stream()
                    .filter(person -> person.user().equals(user))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What somebody chose; empty: nothing. */
    Optional<JsonObject> choice(String user) {
        return Optional.ofNullable(chosen.get(user));
    }

    /**
     * Somebody chose this.
     *
     * @throws IllegalArgumentException when it cannot be, or too many have chosen; the message says how to mend it
     */
    void choose(Person person, JsonObject choice) {
        person.with(choice);
        if (choice(person.user()).isEmpty() && chosen.size() >= MOST_CHOICES) {
            throw new IllegalArgumentException(
                    MOST_CHOICES + " people have chosen already; an administrator writes it into the files");
        }
        chosen.put(person.user(), choice.copy());
    }

    /** What the files say of somebody counts again; whether anything else did. */
    boolean forget(String user) {
        return chosen.get(user) != null && chosen.remove(user) != null;
    }
}

package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import pulseboard.alert.channel.Readers;

/**
 * Somebody whom routes may name instead of channels.
 *
 * @param name as routes name them
 * @param user the name with which they sign in
 * @param channels how they are told
 * @param severity the least level that they want to be told of
 * @param quiet when they want to be left alone
 * @param quietAsWritten the same as it was read; empty: never
 */
record Person(
        String name,
        String user,
        List<String> channels,
        Level severity,
        Optional<QuietHours> quiet,
        JsonObject quietAsWritten) {

    /**
     * Reads one.
     *
     * @param channels the names of those that there are
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    static Person of(Section section, Collection<String> channels) {
        section.knows("name", "user", "channels", "severity", "quietHours");
        List<String> own = section.texts("channels", channels);
        if (own.isEmpty()) {
            throw section.mistake("channels", "say how they are told, such as channels: [phone]");
        }
        return new Person(
                section.name(),
                section.text("user", section.name()),
                own,
                Route.severity(section),
                section.section("quietHours").map(QuietHours::ofPerson),
                section.section("quietHours").map(Section::toJson).orElseGet(JsonObject::new));
    }

    /**
     * The same as they chose it themselves: some of their channels, a level, and quiet hours or none.
     *
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    Person with(JsonObject choice) {
        JsonObject whole = choice.copy().put("name", name).put("user", user);
        return of(new Section("notifications: " + name, whole), channels);
    }

    /** As in a file, without the name. */
    JsonObject toJson() {
        JsonObject json = JsonObject.of("channels", new JsonArray(channels), "severity", severity.text());
        return quietAsWritten.isEmpty() ? json : json.put("quietHours", quietAsWritten);
    }

    /** Whether a role of a route means them. */
    boolean isMeant(String role, Readers readers) {
        return !role.isEmpty() && readers.hasRole(user, role);
    }
}

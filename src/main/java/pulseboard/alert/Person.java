package pulseboard.alert;

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
 */
record Person(String name, String user, List<String> channels, Level severity, Optional<QuietHours> quiet) {

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
                section.section("quietHours").map(QuietHours::ofPerson));
    }

    /** Whether a role of a route means them. */
    boolean isMeant(String role, Readers readers) {
        return !role.isEmpty() && readers.hasRole(user, role);
    }
}

package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import pulseboard.alert.channel.Readers;

/**
 * Who is told, and when not.
 *
 * @param channels the names of those that there are
 * @param routes which alerts go where
 * @param quietHours when routes bring nothing
 * @param maintenance when alerts tell nobody anything
 */
record Routing(List<String> channels, List<Route> routes, List<QuietHours> quietHours, List<Maintenance> maintenance) {

    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    /** Nobody is told anything. */
    static final Routing NOBODY = new Routing(List.of(), List.of(), List.of(), List.of());

    /** The same where everybody may know of alerts. */
    static Routing of(JsonObject parts, Collection<String> channels) {
        return of(parts, channels, Readers.ALL);
    }

    /**
     * Reads the parts {@code people}, {@code routes}, {@code quietHours} and {@code maintenance}; each may be missing. Without routes all
     * goes to all channels.
     *
     * @param readers who may be told at all
     * @throws IllegalArgumentException when one of them cannot be; the message says where and how to mend it
     */
    static Routing of(JsonObject parts, Collection<String> channels, Readers readers) {
        return of(parts, channels, readers, person -> person);
    }

    /**
     * The same.
     *
     * @param asChosen what people chose for themselves
     */
    static Routing of(JsonObject parts, Collection<String> channels, Readers readers, UnaryOperator<Person> asChosen) {
        List<String> names = channels.stream().sorted().toList();
        List<Person> people = people(parts, names).stream().map(asChosen).toList();
        List<Section> written = Section.list("routes", parts.getValue("routes"));
        List<Route> routes = written.stream()
                .flatMap(section -> routes(section, names, people, readers))
                .toList();
        if (written.isEmpty() && !names.isEmpty()) {
            routes = List.of(Route.toAll(names));
        }
        List<String> routeNames = Stream.concat(
                        written.stream().map(Section::name), routes.stream().map(Route::name))
                .distinct()
                .filter(name -> name.equals(Route.written(name)))
                .toList();
        List<QuietHours> quiet = new ArrayList<>(quiet(people, routes));
        Section.list("quietHours", parts.getValue("quietHours"))
                .forEach(section -> quiet.add(QuietHours.of(section, routeNames)));
        return new Routing(
                names,
                routes,
                quiet,
                Section.list("maintenance", parts.getValue("maintenance")).stream()
                        .map(Maintenance::of)
                        .toList());
    }

    /** The people of the files, as these say it. */
    static List<Person> people(JsonObject parts, Collection<String> channels) {
        return Section.list("people", parts.getValue("people")).stream()
                .map(section -> Person.of(section, channels))
                .toList();
    }

    /** One to its channels, if it names any, and one to each person whom it names and who may know of alerts. */
    private static Stream<Route> routes(Section section, List<String> channels, List<Person> people, Readers readers) {
        Route route = Route.of(section, channels);
        List<String> users =
                section.texts("users", people.stream().map(Person::name).toList());
        String role = section.text("role", "");
        if (!role.isEmpty()) {
            section.oneOf("role", role, ROLES);
        }
        Stream<Route> toPeople = people.stream()
                .filter(person -> users.contains(person.name()) || person.isMeant(role, readers))
                .filter(person -> readers.mayRead(person.user()))
                .map(route::to);
        return Stream.concat(route.channels().isEmpty() ? Stream.empty() : Stream.of(route), toPeople);
    }

    private static List<QuietHours> quiet(List<Person> people, List<Route> routes) {
        return people.stream()
                .flatMap(person -> person.quiet().stream()
                        .map(hours -> hours.of(
                                person.name(),
                                routes.stream()
                                        .map(Route::name)
                                        .filter(name -> name.endsWith("/" + person.name()))
                                        .toList())))
                .filter(hours -> !hours.routes().isEmpty())
                .toList();
    }

    /** The same with other channels. */
    Routing with(List<String> newest) {
        boolean areNew = channels.isEmpty() && routes.isEmpty() && !newest.isEmpty();
        List<Route> kept = areNew ? List.of(Route.toAll(newest)) : routes;
        return new Routing(newest, kept, quietHours, maintenance);
    }

    /** The maintenance that goes on for an alert, by its name; empty: none. */
    String maintenance(JsonObject alert, long now) {
        return maintenance.stream()
                .filter(each -> each.hold(alert, now).isPresent())
                .map(Maintenance::name)
                .findFirst()
                .orElse("");
    }

    /** What holds back an alert on a route for longest, if anything does. */
    Optional<Held> hold(JsonObject alert, Level level, String route, long now) {
        return Stream.concat(
                        quietHours.stream().flatMap(each -> each.hold(route, level, now).stream()),
                        maintenance.stream().flatMap(each -> each.hold(alert, now).stream()))
                .max(Comparator.comparingLong(Held::until));
    }
}

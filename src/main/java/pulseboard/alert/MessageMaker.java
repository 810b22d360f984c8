package pulseboard.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pulseboard.alert.Deliveries.Part;

/** Makes messages of what alerts are and channels do not know yet: at once, after a wait for others, or when nothing holds them back. */
final class MessageMaker {

    private final SavedMap<ToldAlert> told;
    private final Grouping grouping;
    private final Deliveries deliveries;
    private final Paths paths;

    MessageMaker(SavedMap<ToldAlert> told, Grouping grouping, Deliveries deliveries, Paths paths) {
        this.told = told;
        this.grouping = grouping;
        this.deliveries = deliveries;
        this.paths = paths;
    }

    /** Adds the further channels of routes on which nobody acknowledged an alert in time. */
    void escalate(ToldAlert alert, long now) {
        for (Route route : paths.routes(alert)) {
            if (alert.escalateAt(route, now) <= now) {
                alert.escalate(route.name(), now);
                String further = String.join(", ", route.escalation().channels());
                alert.step(now, "route", route.name() + ": nobody acknowledged it; also to " + further);
                told.touch(alert.id());
            }
        }
    }

    /** Has an alert wait with others if somebody has to be told, or notes what holds that back. */
    void settle(ToldAlert alert, boolean isNew, long now) {
        for (Route route : paths.routes(alert)) {
            if (grouping.has(route.name(), alert.id()) || !paths.isNeeded(alert, route, now)) {
                continue;
            }
            Optional<Held> held = paths.held(alert, route, now);
            if (held.isPresent()) {
                hold(alert, route, held.get(), now);
            } else {
                join(alert, route, isNew, now);
            }
        }
        finishUnlessNeeded(alert, now);
    }

    private void join(ToldAlert alert, Route route, boolean isNew, long now) {
        if (!alert.isOver() && alert.held().remove(route.name()) != null) {
            alert.step(now, "hold", route.name() + ": nothing holds it back any more");
        }
        if (isNew) {
            String key = route.group().keyOf(alert.id(), alert.alert());
            grouping.join(route.name(), "new " + key, alert.id(), now + route.waitMilliseconds());
            alert.step(now, "group", route.name() + ": waits for others until the message is made");
        } else {
            grouping.join(route.name(), "due", alert.id(), now);
        }
        told.touch(alert.id());
    }

    private void hold(ToldAlert alert, Route route, Held held, long now) {
        if (!held.equals(alert.held().put(route.name(), held))) {
            alert.step(now, "hold", route.name() + ": held back by " + held.by());
            told.touch(alert.id());
        }
    }

    private void finishUnlessNeeded(ToldAlert alert, long now) {
        boolean isWaiting = alert.isOpen() || grouping.has(alert.id()) || deliveries.isKept(alert.id());
        if (alert.isOver() && alert.finishedAt() == 0 && !isWaiting) {
            alert.finish(now);
            told.touch(alert.id());
        }
    }

    /** Makes the messages whose time has come. */
    void flush(long now) {
        for (Grouping.Group group : grouping.due(now)) {
            List<ToldAlert> alerts = alerts(group.alerts());
            Map<String, List<Part>> parts = new LinkedHashMap<>();
            alerts.forEach(alert -> collect(alert, group.route(), parts, now));
            parts.forEach((channel, each) -> deliveries.post(channel, each, now));
            alerts.forEach(alert -> finishUnlessNeeded(alert, now));
        }
        for (String channel : deliveries.dueDigests(now)) {
            int count = deliveries.digestCount(channel);
            List<ToldAlert> alerts = alerts(deliveries.takeDigest(channel));
            List<Part> parts = alerts.stream()
                    .flatMap(alert -> digested(alert, channel, now).stream())
                    .toList();
            if (!parts.isEmpty()) {
                deliveries.postDigest(channel, count, parts, now);
            }
            alerts.forEach(alert -> finishUnlessNeeded(alert, now));
        }
    }

    private List<ToldAlert> alerts(Set<String> ids) {
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(told.get(id)).stream())
                .toList();
    }

    private void collect(ToldAlert alert, String routeName, Map<String, List<Part>> parts, long now) {
        for (Route route : paths.routes(alert)) {
            if (route.name().equals(routeName) && !isHeld(alert, route, now)) {
                paths.channels(alert, route).forEach(channel -> {
                    Need need = paths.need(alert, channel, route, now);
                    if (need != Need.NONE) {
                        parts.computeIfAbsent(channel, missing -> new ArrayList<>())
                                .add(new Part(alert, need));
                    }
                });
            }
        }
    }

    private Optional<Part> digested(ToldAlert alert, String channel, long now) {
        for (Route route : paths.routes(alert)) {
            if (paths.channels(alert, route).anyMatch(channel::equals)) {
                Need need = paths.need(alert, channel, route, now);
                if (need != Need.NONE && !isHeld(alert, route, now)) {
                    return Optional.of(new Part(alert, need));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isHeld(ToldAlert alert, Route route, long now) {
        Optional<Held> held = paths.held(alert, route, now);
        held.ifPresent(it -> hold(alert, route, it, now));
        return held.isPresent();
    }

    /** When there is something to do next; {@link Long#MAX_VALUE} when there is nothing. */
    long nextAt(long now) {
        long next = Math.min(grouping.nextAt(), deliveries.nextAt());
        for (ToldAlert alert : told.values()) {
            if (alert.finishedAt() == 0) {
                for (Route route : paths.routes(alert)) {
                    next = Math.min(next, nextAt(alert, route, now));
                }
            }
        }
        return next;
    }

    private long nextAt(ToldAlert alert, Route route, long now) {
        if (grouping.has(route.name(), alert.id())) {
            return Long.MAX_VALUE;
        }
        Held held = alert.held().get(route.name());
        if (held != null && held.until() > now) {
            return held.until();
        }
        long remindAt = paths.channels(alert, route)
                .filter(channel -> !deliveries.isKept(channel, alert.id()))
                .mapToLong(channel -> alert.remindAt(channel, route, now))
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.min(remindAt, alert.escalateAt(route, now));
    }
}

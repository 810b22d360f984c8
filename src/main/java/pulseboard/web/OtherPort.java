package pulseboard.web;

/**
 * One more port, at which programs of others find their API where they look for it: its {@code /api/status} is
 * {@code /api/cloudplow/status} of this server. All else there is the same, and so is who may see it.
 */
public record OtherPort(String host, int port) {}

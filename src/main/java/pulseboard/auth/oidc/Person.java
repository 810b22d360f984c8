package pulseboard.auth.oidc;

import pulseboard.auth.Role;

/**
 * Somebody whom the provider vouches for.
 *
 * @param name the name by which the provider knows them
 * @param role what the settings let them do
 */
public record Person(String name, Role role) {}

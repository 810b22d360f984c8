package pulseboard;

import pulseboard.auth.Access;

/**
 * What the program starts with.
 *
 * @param config its settings
 * @param access who is let in
 * @param stores where that, and the list of machines, is kept
 */
record Start(Config config, Access access, Stores stores) {}

package pulseboard.fleet;

import org.jspecify.annotations.Nullable;

/**
 * This hub.
 *
 * @param machine what its machine is called
 * @param exchange how other hubs are told and heard; null: it is the only one
 */
public record Hub(String machine, @Nullable Exchange exchange) {

    /** What it is called among the others; empty where there are none. */
    String name() {
        return exchange == null ? "" : exchange.hub();
    }
}

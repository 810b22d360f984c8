/**
 * The HTTP side: the page, sign-in and tokens, the REST API with history and metrics, the event-bus bridge, the streams of
 * Server-Sent Events, badges and widgets. It knows boards by name and address; what is in one is known only to {@link
 * pulseboard.web.Value}, which picks figures of the board {@code host}. Settings: {@link pulseboard.web.WebConfig} and {@link
 * pulseboard.web.TlsConfig}.
 */
@NullMarked
package pulseboard.web;

import org.jspecify.annotations.NullMarked;

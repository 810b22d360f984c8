/**
 * The HTTP side: the page, the REST API, the event-bus bridge and the streams of Server-Sent Events. It knows boards only
 * by name and address. Settings: {@link pulseboard.web.WebConfig}.
 */
@NullMarked
package pulseboard.web;

import org.jspecify.annotations.NullMarked;

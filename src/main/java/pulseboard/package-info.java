/**
 * Pulseboard: a server monitor that samples once and pushes only what changed to everyone who watches.
 *
 * <p>A <em>board</em> is one JSON document, owned by one verticle, pushed as numbered merge patches. {@link
 * pulseboard.Main} is the command line, {@link pulseboard.Pulseboard} lists the boards and starts them, and {@link
 * pulseboard.Config} holds every setting.
 */
@NullMarked
package pulseboard;

import org.jspecify.annotations.NullMarked;

/**
 * Judges boards by the rules that they bring with them, and says whether all is well. The core is pure, with time as a parameter:
 * {@link pulseboard.alert.Rule} (what is looked at), {@link pulseboard.alert.Hold} (for how long), {@link
 * pulseboard.alert.Engine} (the alerts), {@link pulseboard.alert.Verdict} (one sentence). {@link pulseboard.alert.AlertVerticle}
 * owns the board {@code alerts}. Setting: {@code alerts.enabled}.
 */
@NullMarked
package pulseboard.alert;

import org.jspecify.annotations.NullMarked;

/**
 * {@code pulseboard top}: the boards of a running Pulseboard in a terminal, by the same bridge and protocol as the page. All that
 * comes from there is taken for a stranger's word: it is bounded, checked, and shown by {@link pulseboard.top.Sanitizer} only.
 */
@NullMarked
package pulseboard.top;

import org.jspecify.annotations.NullMarked;

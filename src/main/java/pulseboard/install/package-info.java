/**
 * {@code pulseboard install} and {@code uninstall}: makes a service of the jar that runs. {@link pulseboard.install.Plan} says
 * what is written and which commands are run; the files are the ones that the Debian package has, with other paths.
 */
@NullMarked
package pulseboard.install;

import org.jspecify.annotations.NullMarked;

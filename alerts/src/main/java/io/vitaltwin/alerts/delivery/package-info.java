/** From a planned step to what came of telling somebody: who is told by which channels, when it is tried again, and when it is given up. Pure. */
@NullMarked
package io.vitaltwin.alerts.delivery;

import org.jspecify.annotations.NullMarked;

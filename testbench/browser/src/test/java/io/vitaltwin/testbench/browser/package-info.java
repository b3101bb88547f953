/** Journeys of people through the nurse console, in a browser; and a server that plays the answers of the real one. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.browser;

/** The demo: real glucose traces and simulated patients flow through the whole system on this machine. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.demo;

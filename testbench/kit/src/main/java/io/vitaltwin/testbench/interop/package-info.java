/** A stack for clients written in other languages. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.interop;

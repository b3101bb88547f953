/** Who may know whom. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.architecture;

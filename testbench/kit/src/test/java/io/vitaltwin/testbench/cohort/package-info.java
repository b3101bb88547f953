@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.cohort;

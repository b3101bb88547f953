/** What only a real broker can show: the application stopped, killed and started again. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.broker;

/** Our bytes and our registry client against Apicurio's registry and serde. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.apicurio;

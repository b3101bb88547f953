/** What the documents promise exists: links, commands, snippets. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.readme;

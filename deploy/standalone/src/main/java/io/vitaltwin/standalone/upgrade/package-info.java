/** Whether this version can take over from the one that runs. Reads and changes nothing. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.upgrade;

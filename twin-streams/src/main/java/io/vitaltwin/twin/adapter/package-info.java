/** Everything that does I/O: rule set files, the ticks, RocksDB settings. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.adapter;

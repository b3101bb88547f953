package io.vitaltwin.twin.core.part;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a memory is made and read. Each part has one constant of this type.
 *
 * @param fresh a memory of nothing
 * @param decoder reads what {@link Part#encode} wrote; the buffer ends where the part ends
 */
public record PartType<P extends Part>(PartKind kind, Class<P> type, Supplier<P> fresh, Function<ByteBuffer, P> decoder) {
}

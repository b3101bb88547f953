package io.vitaltwin.twin.core.part;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * The memories of one patient that not every patient has. One that nobody asks for is carried over as it was stored. A memory may have a time at
 * which its owner is to be asked even if nothing comes.
 *
 * <p>Stored form: the number of parts; for each its kind with a bit for "has a due time", the due time as a difference to the twin's base time, the
 * length, the part.
 */
public final class Parts {

    /** No time: the owner is asked when something comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int HAS_DUE = 0x80;
    private static final int SHORT_LENGTH = 0x80;

    private final @Nullable Kept[] kept = new Kept[PartKind.ALL.length];

    /** One part: as bytes until it is asked for. */
    private static final class Kept {
        private @Nullable Part part;
        private @Nullable ByteBuffer stored;
        private long dueMillis = NEVER;
    }

    /** The memory, made if there is none. */
    public <P extends Part> P get(PartType<P> type) {
        Kept one = kept[type.kind().ordinal()];
        if (one == null) {
            one = new Kept();
            kept[type.kind().ordinal()] = one;
        }
        return read(type, one);
    }

    /** The memory, if there is one. */
    public <P extends Part> Optional<P> find(PartType<P> type) {
        Kept one = kept[type.kind().ordinal()];
        return one == null ? Optional.empty() : Optional.of(read(type, one));
    }

    private static <P extends Part> P read(PartType<P> type, Kept one) {
        Part part = one.part;
        if (part == null) {
            ByteBuffer stored = one.stored;
            part = stored == null ? type.fresh().get() : type.decoder().apply(stored);
            one.part = part;
            one.stored = null;
        }
        return type.type().cast(part);
    }

    /** The memory, if somebody has asked for it since the twin was read: asks without reading what is stored. */
    public <P extends Part> Optional<P> opened(PartType<P> type) {
        Kept one = kept[type.kind().ordinal()];
        return one == null || one.part == null ? Optional.empty() : Optional.of(read(type, one));
    }

    /** Whether anything is remembered: asks without reading what is stored. */
    public boolean holds(PartKind kind) {
        Kept one = kept[kind.ordinal()];
        return one != null && !isEmpty(one);
    }

    /** Takes over what another twin remembers of this kind, if anything. */
    public void adopt(Parts other, PartKind kind) {
        kept[kind.ordinal()] = other.kept[kind.ordinal()];
    }

    public void forget(PartKind kind) {
        kept[kind.ordinal()] = null;
    }

    /** Forgets what rests on a vital that may no longer be used. */
    public void keep(Set<Vital> covered) {
        for (PartKind kind : PartKind.ALL) {
            if (!covered.containsAll(kind.vitals())) {
                forget(kind);
            }
        }
    }

    /** When the owner of this memory is to be asked next. @param millis stream time, or {@link #NEVER} */
    public void due(PartKind kind, long millis) {
        Kept one = kept[kind.ordinal()];
        if (one == null) {
            if (millis == NEVER) {
                return;
            }
            throw new IllegalStateException("a due time for " + kind + ", of which nothing is remembered");
        }
        one.dueMillis = millis;
    }

    /** @return {@link #NEVER} when there is none */
    public long due(PartKind kind) {
        Kept one = kept[kind.ordinal()];
        return one == null ? NEVER : one.dueMillis;
    }

    /** The earliest due time of all; {@link #NEVER} when there is none. */
    public long nextDue() {
        long next = NEVER;
        for (Kept one : kept) {
            next = one == null ? next : Math.min(next, one.dueMillis);
        }
        return next;
    }

    /** @param baseMillis a time that due times are near to */
    public void encode(ByteBuffer out, long baseMillis) {
        int countAt = out.position();
        out.put((byte) 0);
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            Kept one = kept[i];
            if (one != null && !isEmpty(one)) {
                encode(out, i, one, baseMillis);
                count++;
            }
        }
        out.put(countAt, (byte) count);
    }

    private static boolean isEmpty(Kept one) {
        Part part = one.part;
        return part != null && part.isEmpty() && one.dueMillis == NEVER;
    }

    private static void encode(ByteBuffer out, int kind, Kept one, long baseMillis) {
        boolean hasDue = one.dueMillis != NEVER;
        out.put((byte) (kind | (hasDue ? HAS_DUE : 0)));
        if (hasDue) {
            Packed.putSigned(out, one.dueMillis - baseMillis);
        }
        ByteBuffer stored = one.stored;
        if (stored != null) {
            Packed.put(out, stored.remaining());
            out.put(stored.duplicate());
        } else if (one.part != null) {
            encode(out, one.part);
        } else {
            throw new IllegalStateException("a part that is neither stored nor decoded");
        }
    }

    /** The length comes first and is mostly one byte; a longer part is moved up. */
    private static void encode(ByteBuffer out, Part part) {
        int start = out.position();
        out.position(start + 1);
        part.encode(out);
        int length = out.position() - start - 1;
        if (length < SHORT_LENGTH) {
            out.put(start, (byte) length);
            return;
        }
        byte[] bytes = new byte[length];
        out.get(start + 1, bytes);
        out.position(start);
        Packed.put(out, length);
        out.put(bytes);
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it; parts stay bytes until somebody asks for them. */
    public static Parts decode(ByteBuffer in, long baseMillis) {
        Parts parts = new Parts();
        for (int rest = in.get(); rest > 0; rest--) {
            int head = in.get();
            Kept one = new Kept();
            if ((head & HAS_DUE) != 0) {
                one.dueMillis = baseMillis + Packed.getSigned(in);
            }
            int kind = head & ~HAS_DUE & 0xFF;
            int length = Packed.getInt(in);
            if (kind >= PartKind.ALL.length || length < 0 || length > in.remaining()) {
                throw new IllegalStateException("state is damaged: part " + kind + " of " + length + " bytes");
            }
            one.stored = in.slice(in.position(), length);
            in.position(in.position() + length);
            parts.kept[kind] = one;
        }
        return parts;
    }
}

package io.vitaltwin.twin.core.consent;

import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of a timeline. Times are written as distances, so that a year's versions stay small. Format 1 knew neither exceptions nor
 * proof nor broken glasses; it is read, and 2 is written.
 */
final class TimelineCodec {

    private static final int OLDEST_FORMAT = 1;
    private static final int FORMAT = 2;
    private static final int DENY = 1;
    private static final int PERIOD_START = 2;
    private static final int PERIOD_END = 4;
    private static final int DATA_START = 8;
    private static final int DATA_END = 16;
    private static final int EXCEPTION = 32;
    /** Share a byte with the status. */
    private static final int UNPROVEN = 64;
    private static final int EMERGENCY = 128;
    private static final int STATUS = UNPROVEN - 1;
    private static final ConsentStatus[] STATUSES = ConsentStatus.values();

    private TimelineCodec() {
    }

    static byte[] encode(List<ConsentVersion> versions) {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        out.writeVarint(versions.size());
        long before = 0;
        for (ConsentVersion version : versions) {
            write(out, version, before);
            before = version.knownAtMillis();
        }
        return out.toBytes();
    }

    static List<ConsentVersion> decode(byte[] bytes) {
        ByteReader in = new ByteReader("consent timeline", bytes);
        in.readFormat(OLDEST_FORMAT, FORMAT);
        int count = in.readCount();
        List<ConsentVersion> versions = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            versions.add(readVersion(in, before));
            before = versions.get(i).knownAtMillis();
        }
        in.expectEnd();
        return versions;
    }

    private static void write(ByteWriter out, ConsentVersion version, long before) {
        Emergency emergency = version.emergency();
        out.writeString(version.consentId());
        out.writeString(version.versionId());
        out.writeByte(version.status().ordinal() | (version.proven() ? 0 : UNPROVEN) | (emergency == null ? 0 : EMERGENCY));
        out.writeSigned(version.knownAtMillis() - before);
        out.writeSigned(version.effectiveMillis() - version.knownAtMillis());
        if (emergency != null) {
            out.writeString(emergency.role());
            out.writeString(emergency.actor());
            out.writeString(emergency.reason());
        }
        out.writeVarint(version.provisions().size());
        for (Provision provision : version.provisions()) {
            write(out, provision, version.knownAtMillis());
        }
    }

    /** Format 1 set no flag beside the status. */
    private static ConsentVersion readVersion(ByteReader in, long before) {
        String consentId = in.readString();
        String versionId = in.readString();
        int head = in.readByte();
        ConsentStatus status = in.oneOf(STATUSES, head & STATUS);
        long knownAt = before + in.readSigned();
        long effective = knownAt + in.readSigned();
        Emergency emergency = (head & EMERGENCY) == 0 ? null : new Emergency(in.readString(), in.readString(), in.readString());
        return new ConsentVersion(consentId, versionId, status, effective, knownAt, readProvisions(in, knownAt), (head & UNPROVEN) == 0,
                emergency);
    }

    private static void write(ByteWriter out, Provision provision, long base) {
        out.writeByte((provision.type() == Provision.Type.DENY ? DENY : 0)
                | (provision.periodStart() != Provision.OPEN_START ? PERIOD_START : 0)
                | (provision.periodEnd() != Provision.OPEN_END ? PERIOD_END : 0)
                | (provision.dataStart() != Provision.OPEN_START ? DATA_START : 0)
                | (provision.dataEnd() != Provision.OPEN_END ? DATA_END : 0)
                | (provision.exceptionTo() != Provision.ALONE ? EXCEPTION : 0));
        out.writeStrings(provision.purposes());
        out.writeStrings(provision.vitals());
        out.writeStrings(provision.actors());
        out.writeStrings(provision.actions());
        writeUnless(Provision.OPEN_START, out, provision.periodStart(), base);
        writeUnless(Provision.OPEN_END, out, provision.periodEnd(), base);
        writeUnless(Provision.OPEN_START, out, provision.dataStart(), base);
        writeUnless(Provision.OPEN_END, out, provision.dataEnd(), base);
        writeUnless(Provision.ALONE, out, provision.exceptionTo(), 0);
    }

    private static void writeUnless(long absent, ByteWriter out, long value, long base) {
        if (value != absent) {
            out.writeSigned(value - base);
        }
    }

    private static List<Provision> readProvisions(ByteReader in, long base) {
        int count = in.readCount();
        List<Provision> provisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = in.readByte();
            Provision.Type type = (flags & DENY) != 0 ? Provision.Type.DENY : Provision.Type.PERMIT;
            provisions.add(new Provision(type, in.readStrings(), in.readStrings(), in.readStrings(), in.readStrings(),
                    (flags & PERIOD_START) != 0 ? base + in.readSigned() : Provision.OPEN_START,
                    (flags & PERIOD_END) != 0 ? base + in.readSigned() : Provision.OPEN_END,
                    (flags & DATA_START) != 0 ? base + in.readSigned() : Provision.OPEN_START,
                    (flags & DATA_END) != 0 ? base + in.readSigned() : Provision.OPEN_END,
                    (flags & EXCEPTION) != 0 ? (int) in.readSigned() : Provision.ALONE));
        }
        return provisions;
    }
}

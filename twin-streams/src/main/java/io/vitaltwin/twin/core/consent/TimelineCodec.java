package io.vitaltwin.twin.core.consent;

import java.util.ArrayList;
import java.util.List;

/** The stored form of a timeline. Times are written as distances, so that a year's versions stay small. */
final class TimelineCodec {

    private static final int FORMAT = 1;
    private static final int DENY = 1;
    private static final int PERIOD_START = 2;
    private static final int PERIOD_END = 4;
    private static final int DATA_START = 8;
    private static final int DATA_END = 16;
    private static final ConsentStatus[] STATUSES = ConsentStatus.values();

    private TimelineCodec() {
    }

    static byte[] encode(List<ConsentVersion> versions) {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        out.writeVarint(versions.size());
        long before = 0;
        for (ConsentVersion version : versions) {
            out.writeString(version.consentId());
            out.writeString(version.versionId());
            out.writeByte(version.status().ordinal());
            out.writeSigned(version.knownAtMillis() - before);
            out.writeSigned(version.effectiveMillis() - version.knownAtMillis());
            out.writeVarint(version.provisions().size());
            for (Provision provision : version.provisions()) {
                write(out, provision, version.knownAtMillis());
            }
            before = version.knownAtMillis();
        }
        return out.toBytes();
    }

    static List<ConsentVersion> decode(byte[] bytes) {
        ByteReader in = new ByteReader("consent timeline", bytes);
        in.expectFormat(FORMAT);
        int count = in.readCount();
        List<ConsentVersion> versions = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            String consentId = in.readString();
            String versionId = in.readString();
            ConsentStatus status = in.readOneOf(STATUSES);
            long knownAt = before + in.readSigned();
            long effective = knownAt + in.readSigned();
            versions.add(new ConsentVersion(consentId, versionId, status, effective, knownAt, readProvisions(in, knownAt)));
            before = knownAt;
        }
        in.expectEnd();
        return versions;
    }

    private static void write(ByteWriter out, Provision provision, long base) {
        out.writeByte((provision.type() == Provision.Type.DENY ? DENY : 0)
                | (provision.periodStart() != Provision.OPEN_START ? PERIOD_START : 0)
                | (provision.periodEnd() != Provision.OPEN_END ? PERIOD_END : 0)
                | (provision.dataStart() != Provision.OPEN_START ? DATA_START : 0)
                | (provision.dataEnd() != Provision.OPEN_END ? DATA_END : 0));
        out.writeStrings(provision.purposes());
        out.writeStrings(provision.vitals());
        out.writeStrings(provision.actors());
        out.writeStrings(provision.actions());
        writeUnless(Provision.OPEN_START, out, provision.periodStart(), base);
        writeUnless(Provision.OPEN_END, out, provision.periodEnd(), base);
        writeUnless(Provision.OPEN_START, out, provision.dataStart(), base);
        writeUnless(Provision.OPEN_END, out, provision.dataEnd(), base);
    }

    private static void writeUnless(long open, ByteWriter out, long bound, long base) {
        if (bound != open) {
            out.writeSigned(bound - base);
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
                    (flags & DATA_END) != 0 ? base + in.readSigned() : Provision.OPEN_END));
        }
        return provisions;
    }
}

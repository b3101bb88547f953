package io.vitaltwin.schemas;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Avro loads no class that a schema names unless the program says that it trusts it. Our own records are trusted by their exact
 * names, in addition to whatever else the program trusts; nothing else of this package can be named by a schema.
 */
public final class TrustedRecords {

    static {
        Set<String> names = Vitaltwin.PROTOCOL.getTypes().stream().map(type -> type.getFullName()).collect(Collectors.toUnmodifiableSet());
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, type -> names.contains(type.getName())));
    }

    private TrustedRecords() {
    }

    /**
     * To be called before records are built from their parts; topics and serdes call it themselves. Done when the class is loaded, once;
     * calling it again costs nothing.
     */
    public static void trust() {
        // the work is in the static initializer, which the JVM runs once and makes visible to every caller
    }
}

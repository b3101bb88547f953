package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertAction;

import java.io.IOException;
import java.util.List;

/** Where actions go. Safe for several threads. */
public interface ActionSink {

    /**
     * Returns when all are written for good.
     *
     * @throws IOException if one cannot be written; others may have been
     */
    void send(List<AlertAction> actions) throws IOException;
}

package io.vitaltwin.ingest;

/** Something sent was not taken by the cluster. The message counts and names places, never what was sent or for whom. */
public final class DeliveryFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeliveryFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

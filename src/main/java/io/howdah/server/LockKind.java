package io.howdah.server;

/** What a lock forbids; the most restrictive of several wins. */
public enum LockKind {
    /** Everything but deleting is possible. */
    CAN_NOT_DELETE("CanNotDelete"),
    /** Nothing may be changed. */
    READ_ONLY("ReadOnly");

    private final String azureName;

    LockKind(String azureName) {
        this.azureName = azureName;
    }

    public String azureName() {
        return azureName;
    }
}

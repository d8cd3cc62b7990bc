package io.howdah.operation;

import java.util.Map;

/** What a feature has to put on record with the end of an operation of its own; a bean. */
public interface EndDetails {

    /** Empty for the operations of others. Called in the transaction that ends the operation. */
    Map<String, String> of(OperationEnded end);
}

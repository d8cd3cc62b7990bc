package io.howdah.operation;

/**
 * What an operation needs of its subject. Lines keep the order of asking: a shared operation runs beside other shared
 * ones but never passes an exclusive one, and an exclusive one waits for all that were asked before it.
 */
public enum Hold {
    /** Nothing else may work on the subject meanwhile. */
    EXCLUSIVE,
    /** Others of this kind of hold may work on it too. */
    SHARED
}

package io.howdah.notification;

/**
 * How one try to deliver a message went.
 *
 * @param status the answer's HTTP status, or null
 * @param answer how the answer began, or null
 * @param error what went wrong, in words for the addressee; null when it arrived
 * @param hopeless whether trying again makes no sense
 */
record Attempt(Integer status, String answer, String error, boolean hopeless) {

    static Attempt arrived(Integer status, String answer) {
        return new Attempt(status, answer, null, false);
    }

    static Attempt failed(String error) {
        return new Attempt(null, null, error, false);
    }

    boolean succeeded() {
        return error == null;
    }
}

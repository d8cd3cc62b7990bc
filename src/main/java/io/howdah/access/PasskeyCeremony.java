package io.howdah.access;

/**
 * One asking of an authenticator. It stays on the server's side until the answer comes, so that no answer counts twice or
 * for somebody else's question.
 *
 * @param challenge random, in Base64url
 * @param options for the browser's {@code navigator.credentials}, in JSON
 */
public record PasskeyCeremony(Site site, String challenge, String options) {}

package io.howdah.engine;

/**
 * Somebody connected to a server, or waiting to be.
 *
 * @param address the client's network address, or "unix"
 * @param application what the client calls itself, or empty; anybody can call themselves anything
 * @param waiting whether it is held by the pooled endpoint
 */
public record ClientInfo(String address, String application, boolean waiting) {}

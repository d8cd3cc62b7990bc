package io.howdah.approval;

/** Fired when a request, or somebody's emergency access, changes. */
public record ApprovalChanged() {}

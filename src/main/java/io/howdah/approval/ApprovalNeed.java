package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import java.util.List;

/**
 * That an act needs a second person.
 *
 * @param approvers the sign-in names of those who may decide, in their order; without whoever asks
 */
public record ApprovalNeed(ProtectedAction action, String targetName, String teamName, List<String> approvers) {}

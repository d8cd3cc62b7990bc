/**
 * What needs a second person: the policies of the teams, the requests and what becomes of them, and emergency access.
 * That nothing passes without is seen to where permissions are: in {@link io.howdah.access.Access}.
 */
package io.howdah.approval;

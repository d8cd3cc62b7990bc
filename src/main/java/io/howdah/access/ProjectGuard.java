package io.howdah.access;

/** What keeps a project as it is: the locks at it and at its team, seen from here. */
public interface ProjectGuard {

    /** @throws io.howdah.shared.ProblemException when nothing may be changed at the scope, a team or a project of this name */
    void requireChangeable(Scope scope, String name);

    /** @throws io.howdah.shared.ProblemException when the project may not be deleted */
    void requireDeletable(Scope project, String name);
}

package io.howdah.access;

import io.howdah.shared.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Why a try to sign in was refused: the container's authentication has no room for a reason. */
@RequestScoped
class SignInRefusal {

    private Problem problem;

    void because(Problem why) {
        problem = why;
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}

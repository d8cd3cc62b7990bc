package io.howdah.shared;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;

/**
 * Stands around every method of every service ({@code ejb-jar.xml}): what a service says may be kept, recorded or sent to
 * others, whoever asked, so it is English. The screens tell it in the reader's language ({@link Retold}).
 */
public class SpeaksEnglish {

    @AroundInvoke
    Object around(InvocationContext context) throws Exception {
        return Messages.in(Language.ENGLISH, context::proceed);
    }
}

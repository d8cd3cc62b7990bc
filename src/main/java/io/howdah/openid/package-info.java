/** What OpenID Connect asks of a relying party, without people or roles: requests, answers, and whether tokens hold. */
package io.howdah.openid;

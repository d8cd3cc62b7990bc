-- id is the credential's id in Base64url; credential holds its public key as the authenticator gave it, relying_party the host
-- name it was made for: it works under no other.
create table passkey (
    id text primary key,
    person_id uuid not null references person (id) on delete cascade,
    name text not null,
    credential text not null,
    relying_party text not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    last_used_at timestamptz
);
create index passkey_person on passkey (person_id);

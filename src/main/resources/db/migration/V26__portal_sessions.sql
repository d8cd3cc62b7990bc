-- Who is signed in to the portal, at whichever node: without its row a session's cookie is worth nothing.
create table portal_session (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    began_at timestamptz not null,
    last_used_at timestamptz not null,
    address text,
    user_agent text not null
);
create index portal_session_person on portal_session (person_id);
create index portal_session_last_used on portal_session (last_used_at);

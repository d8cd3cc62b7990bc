-- Sessions that began by a provider, as long as they last: sid is the provider's own name for its session. One that is gone
-- from here has ended, whichever node the browser is at.
create table provider_session (
    id uuid primary key,
    provider_id uuid not null references identity_provider (id) on delete cascade,
    person_id uuid not null references person (id) on delete cascade,
    subject text not null,
    sid text,
    begun_at timestamptz not null
);
create index provider_session_subject on provider_session (provider_id, subject);

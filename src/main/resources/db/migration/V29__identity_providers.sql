-- Who else vouches for people: OpenID providers. The secret is encrypted with the installation's key. Lists are words with
-- spaces between them.
create table identity_provider (
    id uuid primary key,
    kind text not null,
    name text not null,
    issuer text not null unique,
    client_id text not null,
    client_secret text,
    scopes text not null,
    groups_claim text,
    email_domains text not null,
    makes_people boolean not null,
    default_role text references role (name),
    default_team_id uuid references team (id) on delete set null,
    default_project_id uuid references project (id) on delete set null,
    default_server_id uuid references server (id) on delete set null,
    links_by_email boolean not null,
    trusts_second_factor boolean not null,
    acr_values text not null,
    created_at timestamptz not null,
    version integer not null
);
create unique index identity_provider_name on identity_provider (lower(name));

-- What a value of the groups claim comes to: a group here, or a role at a scope.
create table identity_provider_mapping (
    id uuid primary key,
    provider_id uuid not null references identity_provider (id) on delete cascade,
    value text not null,
    group_id uuid references person_group (id) on delete cascade,
    role text references role (name),
    team_id uuid references team (id) on delete cascade,
    project_id uuid references project (id) on delete cascade,
    server_id uuid references server (id) on delete cascade,
    check ((group_id is null) <> (role is null))
);
create index identity_provider_mapping_provider on identity_provider_mapping (provider_id);

-- Somebody at a provider, and the person they are here. Only issuer and subject say who it is; the address is for people.
create table external_identity (
    id uuid primary key,
    provider_id uuid not null references identity_provider (id) on delete cascade,
    issuer text not null,
    subject text not null,
    person_id uuid not null references person (id) on delete cascade,
    email text,
    linked_at timestamptz not null,
    last_used_at timestamptz,
    unique (issuer, subject)
);
create index external_identity_person on external_identity (person_id);

-- What came by a provider, and goes when it says so no more.
alter table assignment add provider_id uuid references identity_provider (id) on delete cascade;
alter table person_group_member add provider_id uuid references identity_provider (id) on delete cascade;

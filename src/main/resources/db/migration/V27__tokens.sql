-- A service account is a program's own account. It is a row of person, so that it holds roles, belongs to groups and is
-- named on record like anybody; it has no password and never gets one.
alter table person add column kind text not null default 'PERSON' check (kind in ('PERSON', 'SERVICE_ACCOUNT'));
alter table person add column team_id uuid references team (id) on delete cascade;
alter table person add constraint person_service_account check (
    (kind = 'SERVICE_ACCOUNT') = (team_id is not null) and (kind = 'PERSON' or password_hash is null));

-- What a service account shows at the token endpoint. hash: SHA-256 of the secret, in hexadecimal digits.
create table client_secret (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    hash text not null unique,
    hint text not null,
    created_at timestamptz not null,
    created_by text not null,
    ends_at timestamptz not null,
    last_used_at timestamptz,
    last_used_address text,
    told_at timestamptz
);
create index client_secret_person on client_secret (person_id);

-- Tokens that people make hold one role at a scope, and are worth no more than their holder; those that the token endpoint
-- gives for a secret last an hour at most, are worth as much as their holder, and end with the secret.
create table access_token (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    secret_id uuid references client_secret (id) on delete cascade,
    name text not null,
    hash text not null unique,
    created_at timestamptz not null,
    created_by text not null,
    ends_at timestamptz not null,
    last_used_at timestamptz,
    last_used_address text,
    revoked_at timestamptz,
    told_at timestamptz
);
create index access_token_person on access_token (person_id);
create index access_token_secret on access_token (secret_id);

alter table assignment add constraint assignment_token
    foreign key (token_id) references access_token (id) on delete cascade;
create index assignment_token on assignment (token_id);

-- How many days a token may be made for; one row at most, none means the usual.
create table token_limit (
    id smallint primary key check (id = 1),
    days integer not null,
    changed_at timestamptz not null,
    changed_by text not null
);

create view token_grant_in_force as
    select a.token_id, r.action, a.team_id, a.project_id, a.server_id
    from assignment a
    join role_permission r on r.role = a.role
    join access_token t on t.id = a.token_id
    where t.revoked_at is null and t.ends_at > now();

create table team (
    id uuid primary key,
    name text not null,
    created_at timestamptz not null
);
create unique index team_name on team (lower(name));

create table person (
    id uuid primary key,
    name text not null,
    display_name text not null,
    password_hash text,
    disabled boolean not null default false,
    failed_tries integer not null default 0,
    slow_until timestamptz,
    last_sign_in_at timestamptz,
    created_at timestamptz not null,
    version integer not null
);
create unique index person_name on person (lower(name));

create table role (
    name text primary key,
    position integer not null
);

create table role_permission (
    role text not null references role (name) on delete cascade,
    action text not null,
    primary key (role, action)
);

create table assignment (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    role text not null references role (name),
    team_id uuid references team (id) on delete cascade,
    created_at timestamptz not null
);
create unique index assignment_once on assignment (person_id, role, team_id) nulls not distinct;

-- code_hash is the SHA-256 of the code; the code itself is shown once and kept nowhere.
create table one_time_link (
    code_hash text primary key,
    person_id uuid not null references person (id) on delete cascade,
    valid_until timestamptz not null
);

create table server (
    id uuid primary key,
    team_id uuid not null references team (id),
    name text not null,
    wished text not null check (wished in ('RUNNING', 'STOPPED')),
    state text not null,
    note text,
    major_version integer not null,
    full_version text,
    size_code text not null,
    storage_gib integer not null,
    administrator_login text not null,
    first_database text,
    host text,
    pooled_port integer,
    direct_port integer,
    started_at timestamptz,
    observed_at timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    deleted_at timestamptz,
    kept_until timestamptz,
    version integer not null
);
create unique index server_name on server (lower(name));
create index server_team on server (team_id);

create table server_tag (
    server_id uuid not null references server (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (server_id, name)
);

create table server_network (
    server_id uuid not null references server (id) on delete cascade,
    network text not null,
    primary key (server_id, network)
);

create table server_lock (
    id uuid primary key,
    server_id uuid not null references server (id) on delete cascade,
    kind text not null check (kind in ('CAN_NOT_DELETE', 'READ_ONLY')),
    note text not null,
    set_by text not null,
    set_at timestamptz not null
);
create index server_lock_server on server_lock (server_id);

-- What carries on although everybody has gone home: one row an operation, one step of it taken at a time.
create table operation (
    id uuid primary key,
    number bigint generated always as identity unique,
    kind text not null,
    subject_id uuid not null,
    subject_name text not null,
    team_id uuid,
    status text not null check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    step text not null,
    failed_step text,
    data text not null,
    doing text,
    due timestamptz not null,
    lease_owner text,
    lease_until timestamptz,
    deadline timestamptz not null,
    requested_at timestamptz not null,
    requested_by text not null,
    correlation_id text not null,
    action text not null,
    started_at timestamptz,
    ended_at timestamptz,
    problem_code text,
    problem_message text,
    problem_hint text,
    detail text
);
create index operation_open on operation (due) where status in ('QUEUED', 'RUNNING');
create index operation_line on operation (subject_id, number) where status in ('QUEUED', 'RUNNING');
create index operation_subject on operation (subject_id, number desc);
create index operation_newest on operation (requested_at desc);

create table operation_step (
    id bigint generated always as identity primary key,
    operation_id uuid not null references operation (id) on delete cascade,
    step text not null,
    state text not null check (state in ('RUNNING', 'RETRYING', 'DONE', 'FAILED')),
    tries integer not null,
    doing text,
    started_at timestamptz not null,
    ended_at timestamptz
);
create index operation_step_operation on operation_step (operation_id, id);

-- Each record's hash covers the record and the hash before it, so that a record can be neither changed nor taken out
-- without breaking the chain.
create table audit_record (
    number bigint primary key,
    at timestamptz not null,
    actor text not null,
    address text,
    action text not null,
    target_type text not null,
    target_id uuid,
    target_name text,
    team_id uuid,
    result text not null check (result in ('ACCEPTED', 'DENIED', 'SUCCEEDED', 'FAILED')),
    correlation_id text not null,
    details text not null,
    previous_hash text not null,
    hash text not null
);
create index audit_record_at on audit_record (at desc);
create index audit_record_target on audit_record (target_id, number desc);
create index audit_record_correlation on audit_record (correlation_id);

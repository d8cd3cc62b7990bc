-- What a team wants a second person for.
create table approval_policy (
    team_id uuid primary key references team (id) on delete cascade,
    request_hours integer not null,
    approval_hours integer not null,
    changed_at timestamptz not null,
    changed_by text not null,
    version integer not null
);
create table approval_policy_action (
    team_id uuid not null references approval_policy (team_id) on delete cascade,
    action text not null,
    primary key (team_id, action)
);

-- An act that somebody may do and that needs a second person. method and arguments are the call itself; details is what
-- goes on record when it runs, and shows whether it is still the same. There are no foreign keys to what it is about:
-- a request outlives that.
create table approval_request (
    id uuid primary key,
    action text not null,
    permission text not null,
    method text not null,
    arguments text not null,
    team_id uuid,
    project_id uuid,
    server_id uuid,
    target_type text not null,
    target_id uuid,
    target_name text,
    details text not null,
    person_id uuid not null references person (id) on delete cascade,
    person_name text not null,
    reason text not null,
    asked_at timestamptz not null,
    ends_at timestamptz not null,
    state text not null
        check (state in ('OPEN', 'APPROVED', 'DONE', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'STALE', 'FAILED')),
    decided_by text,
    decided_at timestamptz,
    answer text,
    tried_at timestamptz,
    problem text,
    done_at timestamptz,
    correlation_id text,
    version integer not null
);
create index approval_request_open on approval_request (asked_at) where state in ('OPEN', 'APPROVED');
create index approval_request_person on approval_request (person_id, asked_at desc);
create index approval_request_correlation on approval_request (correlation_id) where correlation_id is not null;
create unique index approval_request_once on approval_request (person_id, method, md5(arguments))
    where state in ('OPEN', 'APPROVED');

-- Somebody asks for a role, and somebody who may give it decides.
create table role_request (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    role text not null references role (name) on delete cascade,
    team_id uuid references team (id) on delete cascade,
    project_id uuid references project (id) on delete cascade,
    server_id uuid references server (id) on delete cascade,
    reason text not null,
    asked_at timestamptz not null,
    state text not null check (state in ('OPEN', 'GIVEN', 'REFUSED', 'WITHDRAWN')),
    decided_by text,
    decided_at timestamptz,
    answer text
);
create index role_request_person on role_request (person_id, asked_at desc);
create index role_request_open on role_request (asked_at) where state = 'OPEN';

alter table server add column degraded_since timestamptz;

-- What happened to a server without anybody having asked for it: what was seen, and what the product did about it.
create table server_incident (
    id bigint generated always as identity primary key,
    server_id uuid not null references server (id) on delete cascade,
    at timestamptz not null,
    kind text not null,
    note text,
    operation_id uuid
);
create index server_incident_server on server_incident (server_id, id desc);
create index server_incident_at on server_incident (at);

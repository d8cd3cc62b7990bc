-- When work on a server that its clients might notice is done; a server without a row has the window the product chose.
create table maintenance_window (
    server_id uuid primary key references server (id) on delete cascade,
    day text not null,
    starts time not null,
    minutes integer not null,
    zone text not null
);

-- Changes of size that wait: for a time, for the maintenance window, for a transaction to end, or for room on the host.
-- due: when it is looked at next. gives_up_at: until when it is tried again; null: once. failure: why it came to nothing;
-- it is shown until somebody removes it.
create table planned_change (
    id uuid primary key,
    number bigint generated always as identity,
    server_id uuid not null references server (id) on delete cascade,
    size_code text not null,
    waits_for text not null,
    due timestamptz not null,
    gives_up_at timestamptz,
    asked_at timestamptz not null,
    asked_by text not null,
    person_id uuid,
    doing text,
    operation_id uuid,
    failure text
);
create index planned_change_server on planned_change (server_id);
create index planned_change_operation on planned_change (operation_id);

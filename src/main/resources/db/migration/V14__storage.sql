-- The storage a server is to have once what was asked has been done; null when it is the one it has.
alter table server add column wished_storage_gib integer;

-- How a server's storage grows by itself, and what was seen of it last.
-- filling_told, slots_told_at: so that people are told once.
create table server_storage (
    server_id uuid primary key references server (id) on delete cascade,
    autogrow boolean not null default false,
    step_gib integer not null,
    ceiling_gib integer not null,
    hard boolean,
    capacity_bytes bigint,
    used_bytes bigint,
    seen_at timestamptz,
    read_only_since timestamptz,
    filling_told boolean not null default false,
    slots_told_at timestamptz,
    version integer not null
);

create table storage_change (
    operation_id uuid primary key,
    server_id uuid not null references server (id) on delete cascade,
    at timestamptz not null,
    gib_before integer not null,
    gib_after integer not null
);
create index storage_change_server on storage_change (server_id, at desc);

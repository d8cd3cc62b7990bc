-- The size a server is to have once what was asked has been done; null when it is the one it has.
alter table server add column wished_size text;

-- What each change of size meant for the clients: from these the next one is foretold.
create table size_change (
    operation_id uuid primary key,
    server_id uuid not null references server (id) on delete cascade,
    at timestamptz not null,
    size_before text not null,
    size_after text not null,
    restarted boolean not null,
    held_millis bigint not null
);
create index size_change_server on size_change (server_id, at desc);

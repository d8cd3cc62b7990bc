-- A copy of a server as it was at an instant, that people look at. Its id is its key in the engine; it is no server of the list.
-- operation_id: the one that opens, moves or closes it, or did so last. at: the instant shown, null before it is open.
-- wanted_at, wanted_timeline: where the operation takes it. bytes: of the backup it was made of.
create table look (
    id uuid primary key,
    server_id uuid not null,
    state text not null check (state in ('OPENING', 'OPEN', 'MOVING', 'CLOSING', 'FAILED')),
    operation_id uuid not null,
    at timestamptz,
    timeline integer not null default 0,
    wanted_at timestamptz not null,
    wanted_timeline integer not null,
    base_label text,
    opened_by text not null,
    asked_at timestamptz not null,
    open_until timestamptz not null,
    version integer not null
);
-- One at a time of a server.
create unique index look_server on look (server_id) where state <> 'FAILED';
create index look_operation on look (operation_id);

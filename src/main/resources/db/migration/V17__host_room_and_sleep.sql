-- How often the place's vCores and memory may be promised to servers; one row at most, none means the usual.
create table host_room (
    id smallint primary key check (id = 1),
    vcore_factor double precision not null,
    memory_factor double precision not null,
    changed_at timestamptz not null,
    changed_by text not null
);

-- Servers that go to sleep when nobody uses them. idle_since: since when nobody was seen, or null. ignored: what clients
-- call themselves that count as nobody, such as the checks of a monitoring, separated by commas.
create table idle_stop (
    server_id uuid primary key references server (id) on delete cascade,
    minutes integer not null,
    ignored text not null,
    idle_since timestamptz
);

-- What each change of size meant: what went through the pooler meanwhile (null: not known), and the settings as JSON.
alter table size_change add column transactions bigint;
alter table size_change add column failed integer;
alter table size_change add column settings text;

-- How often the place's vCores and memory may be promised to servers; one row at most, none means the usual.
create table host_room (
    id smallint primary key check (id = 1),
    vcore_factor double precision not null,
    memory_factor double precision not null,
    changed_at timestamptz not null,
    changed_by text not null
);

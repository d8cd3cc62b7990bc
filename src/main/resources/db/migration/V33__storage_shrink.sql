-- What less storage meant for clients, and how long the disk before is kept.
alter table storage_change
    add column held_millis bigint,
    add column transactions bigint,
    add column failed integer,
    add column kept_until timestamptz;
create index storage_change_kept on storage_change (kept_until) where kept_until is not null;

-- Why a size was changed: asked for by a person, by a timetable, planned, or decided by autoscale, and in what words.
alter table size_change add column reason text;

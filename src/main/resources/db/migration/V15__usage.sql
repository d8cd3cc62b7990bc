-- What each server used in the minute that ended then. Kept for days only, and as narrow as can be: 1,000 servers write 1.4
-- million rows a day. No foreign key: samples of a server that is gone go with their time.
create table usage_sample (
    server_id uuid not null,
    at timestamptz not null,
    vcores real not null,
    memory_mib integer not null,
    connections integer not null,
    primary key (server_id, at)
);
-- For what is too old. Rows lie in the order of time, so a small index will do.
create index usage_sample_at on usage_sample using brin (at);

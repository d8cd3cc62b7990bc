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

-- The CPU credits of servers of burstable sizes at the end of each minute that was seen; the newest is what they have.
-- held: whether there were none left, and the server gets the size's baseline alone.
create table cpu_credit (
    server_id uuid not null,
    at timestamptz not null,
    balance real not null,
    held boolean not null,
    primary key (server_id, at)
);
create index cpu_credit_at on cpu_credit using brin (at);

-- Which servers follow their load, within which sizes and how.
-- verdict: what was decided last, in words, and since when that is so.
create table autoscale (
    server_id uuid primary key references server (id) on delete cascade,
    active boolean not null,
    min_size text not null,
    max_size text not null,
    target_cpu_percent integer not null,
    target_memory_percent integer not null,
    cool_down_minutes integer not null,
    monthly_ceiling numeric(12, 2),
    changed_at timestamptz not null,
    changed_by text not null,
    verdict text,
    verdict_at timestamptz,
    version integer not null
);

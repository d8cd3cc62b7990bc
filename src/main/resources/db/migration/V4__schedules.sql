-- What people put on a timetable. next_due is the truth about when it runs next; Quartz's triggers are made from it.
create table schedule (
    id uuid primary key,
    number bigint generated always as identity unique,
    server_id uuid not null references server (id) on delete cascade,
    name text not null,
    action text not null,
    arguments text not null,
    timetable text not null,
    zone text not null,
    from_date date,
    until_date date,
    misfire text not null check (misfire in ('SKIP', 'CATCH_UP')),
    when_stopped text not null check (when_stopped in ('SKIP', 'START_FIRST', 'START_AND_STOP_AFTER')),
    paused boolean not null,
    next_due timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    runs_as uuid not null,
    runs_as_name text not null,
    version integer not null
);
create unique index schedule_name on schedule (server_id, lower(name));
create index schedule_due on schedule (next_due) where next_due is not null;

create table schedule_tell (
    schedule_id uuid not null references schedule (id) on delete cascade,
    person_id uuid not null references person (id) on delete cascade,
    primary key (schedule_id, person_id)
);

-- The unique index is what keeps a run from happening twice.
create table schedule_run (
    id uuid primary key,
    schedule_id uuid not null references schedule (id) on delete cascade,
    planned_at timestamptz not null,
    began_at timestamptz not null,
    ended_at timestamptz,
    result text not null check (result in ('RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'MISSED')),
    reason text,
    operation_id uuid,
    stop_after boolean not null
);
create unique index schedule_run_once on schedule_run (schedule_id, planned_at);
create index schedule_run_operation on schedule_run (operation_id);
create index schedule_run_open on schedule_run (began_at) where result = 'RUNNING' or stop_after;

-- What is kept about a standing job beside its history.
create table standing_job (
    name text primary key,
    paused boolean not null
);

create table job_run (
    id uuid primary key,
    job text not null,
    node text not null,
    began_at timestamptz not null,
    ended_at timestamptz,
    result text not null check (result in ('RUNNING', 'SUCCEEDED', 'FAILED')),
    note text
);
create index job_run_job on job_run (job, began_at desc);

-- Quartz makes these rows when it misses them, but two nodes that do so at one instant get in each other's way.
insert into qrtz_locks (sched_name, lock_name) values ('howdah', 'TRIGGER_ACCESS'), ('howdah', 'STATE_ACCESS')
on conflict do nothing;

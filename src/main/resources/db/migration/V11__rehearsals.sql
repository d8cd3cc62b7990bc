-- When restores of a server are rehearsed by themselves. No day: the one before its full backup, when most builds on it.
alter table backup_policy add column rehearsal_on boolean not null default true;
alter table backup_policy add column rehearsal_day text;
alter table backup_policy add column rehearsal_changed_at timestamptz;

-- When a rehearsal that nobody had asked for was taken back last, because something else wanted the server for itself.
alter table recovery_state add column rehearsal_cancelled_at timestamptz;

-- A restore into a throw-away server, for proof. Its id is that of its operation. It outlives the server's row.
-- begun_at: since when it has the host for itself. checks: how the user's own checks ended, as JSON.
create table rehearsal (
    id uuid primary key,
    server_id uuid not null,
    node text,
    state text not null check (state in ('UNDER_WAY', 'PASSED', 'FAILED', 'DEFERRED')),
    by_itself boolean not null,
    backup_label text not null,
    timeline integer not null,
    instant_at timestamptz not null,
    instant_timeline integer not null,
    asked_at timestamptz not null,
    requested_by text not null,
    begun_at timestamptz,
    marked_at timestamptz,
    ended_at timestamptz,
    restore_seconds double precision,
    recover_seconds double precision,
    recovery_point_seconds double precision,
    checks text not null default '[]',
    problem_code text,
    problem text,
    hint text
);
create index rehearsal_server on rehearsal (server_id, asked_at desc);
create index rehearsal_open on rehearsal (node) where state = 'UNDER_WAY';

-- What somebody expects a restored server to answer with true.
create table rehearsal_check (
    id uuid primary key,
    server_id uuid not null,
    position integer not null,
    name text not null,
    database_name text not null,
    query text not null
);
create index rehearsal_check_server on rehearsal_check (server_id, position);

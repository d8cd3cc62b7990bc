-- When and how a server is backed up, and for how long that is kept. Outlives the server's row: its backups do too.
create table backup_policy (
    server_id uuid primary key,
    retention_days integer not null check (retention_days between 7 and 35),
    hour integer not null check (hour between 0 and 23),
    minute integer not null check (minute between 0 and 59),
    full_day text not null,
    daily_kind text not null check (daily_kind in ('FULL', 'DIFFERENTIAL', 'INCREMENTAL')),
    changed_at timestamptz not null,
    changed_by text not null,
    version integer not null
);

-- What a server is, or was before it went, and how far it can be restored: what pages read instead of asking its engine.
-- gone_at: since when it exists in its backups alone. spans: the instants that can be restored, as JSON.
create table recovery_state (
    server_id uuid primary key,
    team_id uuid not null,
    name text not null,
    node text,
    major_version integer not null,
    size_code text not null,
    storage_gib integer not null,
    administrator_login text not null,
    first_database text,
    created_at timestamptz not null,
    deleted_at timestamptz,
    gone_at timestamptz,
    spans text not null default '[]',
    archived_at timestamptz,
    last_segment text,
    waiting integer not null default 0,
    failing_since timestamptz,
    told_failing boolean not null default false,
    told_old boolean not null default false,
    told_backup boolean not null default false,
    repository_bytes bigint not null default 0,
    full_wanted_since timestamptz,
    seen_at timestamptz,
    read_at timestamptz,
    expired_at timestamptz,
    version integer not null
);
create index recovery_state_team on recovery_state (team_id);

-- A backup in a server's repository, or on its way there (no label yet). Its id is that of the operation that takes it.
create table backup (
    id uuid primary key,
    server_id uuid not null,
    label text,
    kind text not null check (kind in ('FULL', 'DIFFERENTIAL', 'INCREMENTAL')),
    prior text,
    origin text not null check (origin in ('FIRST', 'SCHEDULED', 'ON_DEMAND', 'AFTER_RESTORE')),
    name text,
    note text,
    keep_until timestamptz,
    requested_by text not null,
    asked_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    timeline integer,
    database_bytes bigint not null default 0,
    repository_bytes bigint not null default 0,
    damaged boolean not null default false
);
create unique index backup_label on backup (server_id, label);
create index backup_underway on backup (asked_at) where label is null;

-- A restore: into a new server (server_id), or in place. Its id is that of its operation, which names the files as well.
-- kept_until: how long the state before a restore in place is kept, so that one can go back to it.
create table restoration (
    id uuid primary key,
    server_id uuid not null,
    source_id uuid not null,
    source_name text not null,
    in_place boolean not null,
    state text not null check (state in ('UNDER_WAY', 'FAILED', 'DONE', 'KEPT', 'GOING_BACK', 'UNDONE', 'DISCARDING', 'CONFIRMED')),
    target_kind text not null check (target_kind in ('LATEST', 'TIME', 'BACKUP')),
    target_at timestamptz,
    target_label text,
    base_label text,
    bytes bigint not null,
    asked_at timestamptz not null,
    requested_by text not null,
    ended_at timestamptz,
    seconds double precision,
    kept_until timestamptz
);
create index restoration_server on restoration (server_id, asked_at desc);
create index restoration_source on restoration (source_id, asked_at desc);
create index restoration_open on restoration (state) where state in ('UNDER_WAY', 'KEPT', 'GOING_BACK', 'DISCARDING');

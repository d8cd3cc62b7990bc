-- Locks at a team (neither project nor server), a project or one server. What lies below inherits them.
create table resource_lock (
    id uuid primary key,
    team_id uuid not null references team (id) on delete cascade,
    project_id uuid references project (id) on delete cascade,
    server_id uuid references server (id) on delete cascade,
    kind text not null check (kind in ('CAN_NOT_DELETE', 'READ_ONLY')),
    note text not null,
    set_by text not null,
    set_at timestamptz not null,
    constraint resource_lock_scope check (num_nonnulls(project_id, server_id) < 2)
);
create index resource_lock_team on resource_lock (team_id);
create index resource_lock_project on resource_lock (project_id);
create index resource_lock_server on resource_lock (server_id);
insert into resource_lock (id, team_id, server_id, kind, note, set_by, set_at)
    select l.id, s.team_id, l.server_id, l.kind, l.note, l.set_by, l.set_at
    from server_lock l join server s on s.id = l.server_id;
drop table server_lock;

-- Every lock that holds for a server, its own and those of its project and its team, with the name of where it sits: the one
-- place where checks and pages look.
create view lock_in_force as
    select s.id as locked_server_id, l.id, l.team_id, l.project_id, l.server_id, s.name as place_name,
           l.kind, l.note, l.set_by, l.set_at
    from resource_lock l
    join server s on s.id = l.server_id
    union all
    select s.id, l.id, l.team_id, l.project_id, l.server_id, p.name, l.kind, l.note, l.set_by, l.set_at
    from resource_lock l
    join project p on p.id = l.project_id
    join server s on s.project_id = l.project_id
    union all
    select s.id, l.id, l.team_id, l.project_id, l.server_id, t.name, l.kind, l.note, l.set_by, l.set_at
    from resource_lock l
    join team t on t.id = l.team_id
    join server s on s.team_id = l.team_id
    where l.project_id is null and l.server_id is null;

-- How much a team may have of each kind; no row, no limit. Memory in MiB, storage and backup storage in GiB.
create table team_quota (
    team_id uuid not null references team (id) on delete cascade,
    kind text not null check (kind in ('SERVERS', 'VCORES', 'MEMORY', 'STORAGE', 'BACKUP_STORAGE')),
    amount double precision not null check (amount >= 0),
    set_by text not null,
    set_at timestamptz not null,
    primary key (team_id, kind)
);

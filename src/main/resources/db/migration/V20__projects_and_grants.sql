-- Servers of a team that belong together. What names no project lies in the team's default one.
create table project (
    id uuid primary key,
    team_id uuid not null references team (id) on delete cascade,
    name text not null,
    is_default boolean not null,
    created_at timestamptz not null
);
create unique index project_name on project (team_id, lower(name));
create unique index project_default on project (team_id) where is_default;
insert into project (id, team_id, name, is_default, created_at)
    select gen_random_uuid(), id, 'Default project', true, created_at from team;

alter table server add column project_id uuid references project (id);
update server s set project_id = (select p.id from project p where p.team_id = s.team_id and p.is_default);
create index server_project on server (project_id);

create function team_has_default_project() returns trigger language plpgsql as $$
begin
    insert into project (id, team_id, name, is_default, created_at)
        values (gen_random_uuid(), new.id, 'Default project', true, new.created_at);
    return new;
end $$;
create trigger team_default_project after insert on team
    for each row execute function team_has_default_project();

create function server_is_in_project() returns trigger language plpgsql as $$
begin
    if new.project_id is null then
        select id into new.project_id from project where team_id = new.team_id and is_default;
    end if;
    return new;
end $$;
create trigger server_default_project before insert on server
    for each row execute function server_is_in_project();

create table person_group (
    id uuid primary key,
    name text not null,
    created_at timestamptz not null
);
create unique index person_group_name on person_group (lower(name));

create table person_group_member (
    group_id uuid not null references person_group (id) on delete cascade,
    person_id uuid not null references person (id) on delete cascade,
    primary key (group_id, person_id)
);
create index person_group_member_person on person_group_member (person_id);

-- A role is held by a person, a group or a token; in the installation (no team), a team, a project or one server.
alter table assignment alter column person_id drop not null;
alter table assignment add column group_id uuid references person_group (id) on delete cascade;
alter table assignment add column token_id uuid;
alter table assignment add column project_id uuid references project (id) on delete cascade;
alter table assignment add column server_id uuid references server (id) on delete cascade;
alter table assignment add column ends_at timestamptz;
alter table assignment add column given_by text;
alter table assignment add constraint assignment_holder check (num_nonnulls(person_id, group_id, token_id) = 1);
alter table assignment add constraint assignment_scope
    check (num_nonnulls(project_id, server_id) < 2 and (team_id is not null or num_nonnulls(project_id, server_id) = 0));
drop index assignment_once;
create unique index assignment_once
    on assignment (person_id, group_id, token_id, role, team_id, project_id, server_id) nulls not distinct;
create index assignment_group on assignment (group_id);

alter table role add column ready_made boolean not null default true;
alter table role add column description text not null default '';

-- Every action that somebody may take just now, with the assignment that lets them: the one place where checks, lists
-- and explanations look.
create view grant_in_force as
    select a.id as assignment_id, a.role, r.action, p.id as person_id, p.name as person_name, a.group_id,
           a.team_id, a.project_id, a.server_id, a.ends_at
    from assignment a
    join role_permission r on r.role = a.role
    join person p on p.id = a.person_id
    where not p.disabled and (a.ends_at is null or a.ends_at > now())
    union all
    select a.id, a.role, r.action, p.id, p.name, a.group_id, a.team_id, a.project_id, a.server_id, a.ends_at
    from assignment a
    join role_permission r on r.role = a.role
    join person_group_member m on m.group_id = a.group_id
    join person p on p.id = m.person_id
    where not p.disabled and (a.ends_at is null or a.ends_at > now());

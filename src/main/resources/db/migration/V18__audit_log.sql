-- Signed words about how far the audit log had come; see ADR 0023.
create table audit_seal (
    number bigint primary key,
    record_number bigint not null,
    record_hash text not null,
    at timestamptz not null,
    key text not null,
    signature text not null
);

-- What is worth choosing from, and what a search for a part of a word looks through instead of millions of records. The
-- team of all zeros stands for the installation.
create table audit_word (
    kind text not null check (kind in ('ACTOR', 'ACTION', 'TARGET')),
    team_id uuid not null,
    value text not null,
    primary key (kind, team_id, value)
);

insert into audit_word (kind, team_id, value)
select distinct word.kind, coalesce(team_id, '00000000-0000-0000-0000-000000000000'), word.value
from audit_record
cross join lateral (values ('ACTOR', actor), ('ACTION', action), ('TARGET', target_name)) as word (kind, value)
where word.value is not null;

create function audit_words() returns trigger language plpgsql as $$
begin
    insert into audit_word (kind, team_id, value)
    select word.kind, coalesce(new.team_id, '00000000-0000-0000-0000-000000000000'), word.value
    from (values ('ACTOR', new.actor), ('ACTION', new.action), ('TARGET', new.target_name)) as word (kind, value)
    where word.value is not null
    on conflict do nothing;
    return null;
end $$;
create trigger audit_words after insert on audit_record for each row execute function audit_words();

-- Each search reads one of these from its newest end.
create index audit_record_actor on audit_record (actor, number desc);
create index audit_record_action on audit_record (action, number desc);
create index audit_record_target_name on audit_record (target_name, number desc);
create index audit_record_result on audit_record (result, number desc);
create index audit_record_team on audit_record (team_id, number desc);

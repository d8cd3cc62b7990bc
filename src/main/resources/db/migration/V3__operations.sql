-- The portal's processes that share this database. A home is served by one process at a time, its incarnation.
create table node (
    home text primary key,
    name text not null,
    incarnation text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    left_at timestamptz,
    version text not null
);

-- settled_…: what the operations that have ended brought the server to; wished, deleted_at and kept_until: what will be
-- when all that was asked has been done.
alter table server
    add column node text,
    add column settled_wish text check (settled_wish in ('RUNNING', 'STOPPED')),
    add column settled_deleted_at timestamptz,
    add column settled_kept_until timestamptz;
update server set
    settled_wish = case when state = 'PROVISIONING' or state = 'DISABLED' and deleted_at is null then null else wished end,
    settled_deleted_at = deleted_at,
    settled_kept_until = kept_until;

-- turn: nothing before it in its subject's line keeps it from running.
-- deadline: from its begin on, allowed_seconds later; put off by measured progress.
-- expected_millis: how long such an operation took lately, when it was asked for.
alter table operation
    alter column deadline drop not null,
    add column hold text not null default 'EXCLUSIVE' check (hold in ('EXCLUSIVE', 'SHARED')),
    add column turn boolean not null default true,
    add column pinned_to text not null default '',
    add column node text,
    add column allowed_seconds integer not null default 600,
    add column expected_millis bigint,
    add column step_id bigint,
    add column step_since timestamptz,
    add column step_tries integer not null default 0,
    add column undoing boolean not null default false,
    add column retries integer not null default 0,
    add column cancel_asked_at timestamptz,
    add column cancel_asked_by text,
    add column measure_done bigint,
    add column measure_total bigint,
    add column measure_unit text,
    drop constraint operation_status_check,
    add constraint operation_status_check check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'));
update operation set undoing = true where problem_code is not null and status in ('QUEUED', 'RUNNING');
update operation set step_id = s.id, step_since = s.started_at, step_tries = s.tries
    from operation_step s
    where s.operation_id = operation.id and s.step = operation.step and s.ended_at is null
        and operation.status in ('QUEUED', 'RUNNING');

drop index operation_open;
create index operation_due on operation (pinned_to, due) where turn and status in ('QUEUED', 'RUNNING');
create index operation_held on operation (lease_owner) where lease_owner is not null;
create index operation_waiting on operation (subject_id) where not turn and status = 'QUEUED';
create index operation_cancelled on operation (lease_owner)
    where cancel_asked_at is not null and status in ('QUEUED', 'RUNNING');
create index operation_lasted on operation (kind, subject_id, number desc) where status = 'SUCCEEDED';
create index operation_lasted_anywhere on operation (kind, number desc) where status = 'SUCCEEDED';

alter table operation_step
    drop constraint operation_step_state_check,
    add constraint operation_step_state_check check (state in ('RUNNING', 'RETRYING', 'DONE', 'FAILED', 'CANCELLED'));

alter table audit_record
    drop constraint audit_record_result_check,
    add constraint audit_record_result_check check (result in ('ACCEPTED', 'DENIED', 'SUCCEEDED', 'FAILED', 'CANCELLED'));

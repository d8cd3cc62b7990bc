-- The second repository of a server, in an object store. remote_wanted: a backup is there of which the second one has no
-- copy; remote_operation: the operation that is making one. told_room: that backups take more than the server's storage.
alter table recovery_state add column remote_backup_at timestamptz;
alter table recovery_state add column remote_archived_at timestamptz;
alter table recovery_state add column remote_waiting integer not null default 0;
alter table recovery_state add column remote_failing_since timestamptz;
alter table recovery_state add column remote_trouble text;
alter table recovery_state add column remote_bytes bigint not null default 0;
alter table recovery_state add column remote_wanted boolean not null default true;
alter table recovery_state add column remote_operation uuid;
alter table recovery_state add column told_remote boolean not null default false;
alter table recovery_state add column told_room boolean not null default false;

-- What was found wrong with the audit log, so that people are told of each once. Nothing here is needed to find it again.
create table audit_finding (
    finding text primary key,
    found_at timestamptz not null
);

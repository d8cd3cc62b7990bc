-- Where the audit log is sent on to, and how far that has come. A webhook's address and secret are encrypted.
create table audit_forward (
    kind text primary key check (kind in ('SYSLOG', 'WEBHOOK')),
    address text not null,
    secret text,
    position bigint not null,
    tries integer not null,
    due timestamptz not null,
    sent_at timestamptz,
    trouble text
);

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

-- The only way for the product's role to take records out of the log: the oldest ones, up to a checkpoint that knows the
-- last of them, and none that is younger than 30 days.
create function audit_archive(up_to bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    removed bigint;
begin
    if not exists (
        select 1 from audit_record r
        join audit_seal s on s.record_number = r.number and s.record_hash = r.hash
        where r.number = up_to and r.at < now() - interval '30 days'
    ) or not exists (select 1 from audit_record where number > up_to) then
        raise exception 'records up to % are not sealed, or too young', up_to using errcode = '42501';
    end if;
    delete from audit_record where number <= up_to;
    get diagnostics removed = row_count;
    return removed;
end $$;
revoke all on function audit_archive(bigint) from public;
grant execute on function audit_archive(bigint) to howdah;

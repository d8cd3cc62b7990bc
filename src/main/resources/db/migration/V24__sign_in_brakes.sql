-- Tries to sign in, counted three ways: an account from an address, an account from anywhere (address ''), and an address for
-- any account (account ''). account is the SHA-256 of the name as typed, in lower case: names of nobody are counted alike.
create table sign_in_brake (
    account text not null,
    address text not null,
    tries integer not null,
    last_at timestamptz not null,
    slow_until timestamptz,
    trusted_at timestamptz,
    primary key (account, address)
);
create index sign_in_brake_last on sign_in_brake (last_at);
alter table person drop column failed_tries, drop column slow_until;

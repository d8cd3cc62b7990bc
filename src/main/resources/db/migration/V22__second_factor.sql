-- The secret is encrypted with the installation's key. last_step is the newest time step a code of which was used: none is
-- accepted twice.
create table second_factor (
    person_id uuid primary key references person (id) on delete cascade,
    secret text not null,
    confirmed_at timestamptz,
    last_step bigint not null
);

-- code_hash is the SHA-256 of the code; each works once.
create table recovery_code (
    person_id uuid not null references person (id) on delete cascade,
    code_hash text not null,
    primary key (person_id, code_hash)
);

-- What people should know: written in the transaction of what happened, made out to each of them afterwards.
create table notice (
    id uuid primary key,
    kind text not null,
    at timestamptz not null,
    team_id uuid,
    server_id uuid,
    server_name text,
    title text not null,
    text text not null,
    link text,
    correlation_id text not null,
    concerned text not null,
    everybody boolean not null,
    made_out boolean not null
);
create index notice_waiting on notice (at) where not made_out;
create index notice_at on notice (at);

-- One person's copy, as the portal shows it.
create table notification (
    person_id uuid not null references person (id) on delete cascade,
    notice_id uuid not null references notice (id) on delete cascade,
    read_at timestamptz,
    primary key (person_id, notice_id)
);
create index notification_unread on notification (person_id) where read_at is null;
create index notification_notice on notification (notice_id);

-- What differs from the product's own choice.
create table notification_choice (
    person_id uuid not null references person (id) on delete cascade,
    kind text not null,
    channel text not null check (channel in ('PORTAL', 'MAIL')),
    wanted text not null check (wanted in ('NOTHING', 'MINE', 'EVERYTHING')),
    primary key (person_id, kind, channel)
);

-- Where mail for a person goes. Without an address it is the sign-in name, if that is one. A new address counts once the
-- code mailed to it has come back; code_hash is the SHA-256 of that code.
create table contact (
    person_id uuid primary key references person (id) on delete cascade,
    address text,
    wanted_address text,
    code_hash text,
    code_until timestamptz,
    code_tries integer not null,
    version integer not null
);

-- address and secret are encrypted with the installation's master key.
create table webhook (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    address text not null,
    secret text not null,
    kinds text not null,
    paused boolean not null,
    created_at timestamptz not null,
    version integer not null
);
create index webhook_person on webhook (person_id);

-- One message to one mail address or webhook. due, lease and age go by this database's clock.
create table delivery (
    id uuid primary key,
    purpose text not null check (purpose in ('NOTICE', 'TEST', 'CODE')),
    channel text not null check (channel in ('MAIL', 'WEBHOOK')),
    notice_id uuid references notice (id) on delete cascade,
    person_id uuid not null references person (id) on delete cascade,
    webhook_id uuid references webhook (id) on delete cascade,
    state text not null check (state in ('WAITING', 'DELIVERED', 'GIVEN_UP', 'DROPPED')),
    reason text,
    tries integer not null,
    created_at timestamptz not null,
    begun_at timestamptz not null,
    due timestamptz not null,
    lease_owner text,
    lease_until timestamptz,
    ended_at timestamptz
);
create index delivery_due on delivery (due) where state = 'WAITING';
create index delivery_webhook on delivery (webhook_id, created_at desc);
create index delivery_person on delivery (person_id, created_at desc);
create index delivery_notice on delivery (notice_id);

create table delivery_try (
    id bigint generated always as identity primary key,
    delivery_id uuid not null references delivery (id) on delete cascade,
    at timestamptz not null,
    status integer,
    millis bigint not null,
    answer text,
    error text
);
create index delivery_try_delivery on delivery_try (delivery_id, id);

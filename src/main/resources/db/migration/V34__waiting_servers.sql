-- Servers that are to be made once there is room for them. One that came to nothing has left the line, and has no share.
create table waiting_server (
    server_id uuid primary key references server (id) on delete cascade,
    since timestamptz not null,
    until timestamptz not null,
    person_id uuid,
    asked_by text not null,
    in_line boolean not null
);

-- Somebody acts without a second person for a while: in a team, or in the whole installation (no team).
create table break_glass (
    id uuid primary key,
    person_id uuid not null references person (id) on delete cascade,
    person_name text not null,
    team_id uuid references team (id) on delete cascade,
    reason text not null,
    began_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    ended_by text
);
create unique index break_glass_once on break_glass (person_id, team_id) nulls not distinct where ended_at is null;

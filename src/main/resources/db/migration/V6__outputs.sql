-- What operations have said, such as the rows of a query. Kept for 30 days.
create table operation_output (
    operation_id uuid primary key references operation (id) on delete cascade,
    at timestamptz not null,
    text text not null
);
create index operation_output_at on operation_output (at);

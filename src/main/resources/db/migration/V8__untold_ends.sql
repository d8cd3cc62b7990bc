-- Who has still to be told of an operation's end, because telling them failed when it ended.
create table operation_untold (
    operation_id uuid not null references operation (id) on delete cascade,
    observer text not null,
    tries integer not null,
    due timestamptz not null,
    primary key (operation_id, observer)
);

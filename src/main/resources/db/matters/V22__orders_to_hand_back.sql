-- Orders of another system until their answer was handed back: the list of them costs what is open and not what ever came.
alter table matters.matter add column order_back_at timestamptz;
alter table matters.matter add check (order_back_at is null or order_number is not null);
create index matter_order_open on matters.matter (id) where order_number is not null and order_back_at is null;

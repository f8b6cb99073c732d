grant usage on schema exchange to heshi_app;

-- Which messages from elsewhere have come in, so that none comes in twice.
create table exchange.imported (
  digest bytea primary key check (octet_length(digest) = 32),
  matter uuid not null references matters.matter (id)
);
comment on table exchange.imported is 'class: owned. Digests of messages that were imported; the words cannot be read out of them.';
create index imported_matter on exchange.imported (matter);
alter table exchange.imported enable row level security;
create policy import on exchange.imported for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert on exchange.imported to heshi_app;

-- A program that got no answer sends again, often without a key of idempotency: for some minutes requests that say the same are one.
create table exchange.equal_request (
  client uuid not null references identity.api_client (id),
  body   bytea not null check (octet_length(body) = 32),
  key    text collate "C" not null check (char_length(key) = 36),
  at     timestamptz not null,
  primary key (client, body)
);
comment on table exchange.equal_request is 'class: owned. What programs sent by Open311 within the last minutes, as keyed digests: so that the same again is the same matter.';
create index equal_request_at on exchange.equal_request (at);
alter table exchange.equal_request enable row level security;
create policy program on exchange.equal_request for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update (key, at), delete on exchange.equal_request to heshi_app;
-- Of an erased matter it is not kept who sent it.
grant delete on exchange.sent_request to heshi_app;

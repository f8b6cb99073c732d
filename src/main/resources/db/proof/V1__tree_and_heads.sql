grant usage on schema proof to heshi_app, heshi_follower;

-- The Merkle tree over the log (RFC 6962), in tiles of up to 256 hashes. A hash tells nothing of an entry: it is over a digest that takes in random salts.
create table proof.tile (
  level  smallint not null check (level between 0 and 7),
  index  bigint not null check (index >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, index)
);
comment on table proof.tile is 'class: public. Hashes of the tree over the log, 256 of one height beside each other.';
-- hashes cannot be made smaller
alter table proof.tile alter column hashes set storage external;

create table proof.tree (
  one  boolean primary key default true check (one),
  size bigint not null check (size >= 0)
);
comment on table proof.tree is 'class: public. How many entries the tree holds.';
insert into proof.tree (size) values (0);

-- Keys that signed, the newest last. Each is endorsed by the one before it, but for the first and one that came when another was lost.
create table proof.key (
  id         text collate "C" primary key check (id ~ '^[0-9a-f]{8}$'),
  seq        int not null unique check (seq >= 1),
  name       text collate "C" not null check (name ~ '^[!-*,-~]{1,80}$'),
  public     bytea not null check (octet_length(public) = 32),
  since      timestamptz not null,
  statement  text not null check (char_length(statement) between 1 and 2000)
);
comment on table proof.key is 'class: public. Keys of the log and the statement by which each was taken into use.';

create table proof.head (
  at   timestamptz primary key,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null check (char_length(note) between 1 and 4000)
);
comment on table proof.head is 'class: public. Signed heads of the tree, one an hour; never changed.';
create index head_size on proof.head (size, at);
create trigger key_is_kept before update or delete on proof.key for each row execute function matters.refuse_change();
create trigger head_is_kept before update or delete on proof.head for each row execute function matters.refuse_change();

-- Which witness was sent which head. Addresses stand in the settings.
create table proof.sent (
  at       timestamptz not null references proof.head (at),
  witness  bytea not null check (octet_length(witness) = 32),
  attempts int not null check (attempts >= 0),
  due_at   timestamptz not null,
  sent_at  timestamptz,
  failure  text check (char_length(failure) <= 200),
  primary key (at, witness)
);
comment on table proof.sent is 'class: staff. Heads on their way to witnesses, each known by the SHA-256 of its address.';
create index sent_due on proof.sent (due_at) where sent_at is null;

alter table proof.sent enable row level security;
create policy program on proof.sent for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');

grant select on proof.tile, proof.tree, proof.key, proof.head to heshi_app, heshi_follower;
grant insert, update on proof.tile to heshi_follower;
grant update on proof.tree to heshi_follower;
grant insert on proof.key, proof.head to heshi_app;
grant select, insert, update, delete on proof.sent to heshi_app;

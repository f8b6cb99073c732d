-- A leaf of the tree is made of the digest that stands with the entry. Leaves are kept until there are 256 of them, which is one hash of the tile above; from then on 64
-- hashes are kept of them, each over four leaves, so that a proof of one entry asks the log for no more than those beside it.
create table proof.bough (
  index  bigint primary key check (index >= 0),
  hashes bytea not null check (octet_length(hashes) = 2048)
);
comment on table proof.bough is 'class: public. Of each 256 leaves of the tree 64 hashes, each over four of them; the leaves are made of the digests that stand in the log.';
alter table proof.bough alter column hashes set storage plain;
grant select on proof.bough to heshi_app, heshi_follower;
grant insert on proof.bough to heshi_follower;
grant delete on proof.tile to heshi_follower;

-- one height up: each two hashes that stand beside one another
create function pg_temp.up(h bytea) returns bytea language sql immutable as $$
  select string_agg(sha256('\x01'::bytea || substring(h from i * 64 + 1 for 64)), ''::bytea order by i) from generate_series(0, octet_length(h) / 64 - 1) i
$$;
insert into proof.bough (index, hashes)
  select index, pg_temp.up(pg_temp.up(hashes)) from proof.tile where level = 0 and octet_length(hashes) = 8192 order by index;
create temporary table kept on commit drop as select level, index, hashes from proof.tile where level > 0 or octet_length(hashes) < 8192;
truncate proof.tile;
insert into proof.tile (level, index, hashes) select level, index, hashes from kept;
comment on table proof.tile is 'class: public. Hashes of the tree over the log, 256 of one height beside each other; of leaves only those of the last tile, which is not complete.';

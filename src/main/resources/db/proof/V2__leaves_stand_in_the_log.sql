-- A leaf of the tree is made of the digest that stands with the entry. Leaves are kept until there are 256 of them, which is one hash of the tile above.
grant delete on proof.tile to heshi_follower;
create temporary table kept on commit drop as
  select t.level, t.index, t.hashes from proof.tile t
  where t.level > 0 or octet_length(t.hashes) < 8192 or not exists (select from proof.tile a where a.level = 1 and a.index = t.index / 256 and octet_length(a.hashes) >= (t.index % 256 + 1) * 32);
truncate proof.tile;
insert into proof.tile (level, index, hashes) select level, index, hashes from kept;
comment on table proof.tile is 'class: public. Hashes of the tree over the log, 256 of one height beside each other; complete ones of leaves stand in the log.';

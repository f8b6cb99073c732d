-- Indexes of what waits (queues, limits, what is open) hold a few thousand rows of a table that grows for years, and each row enters and leaves them within days. The table
-- is vacuumed when a fifth of it is dead: by then such an index was four fifths dead entries, which whoever reads a queue passes over. A fiftieth is soon enough.
alter table matters.holding set (autovacuum_vacuum_scale_factor = 0.02, vacuum_index_cleanup = on);
alter table matters.tally_of set (autovacuum_vacuum_scale_factor = 0.02, vacuum_index_cleanup = on);
alter table matters.clock set (autovacuum_vacuum_scale_factor = 0.02, vacuum_index_cleanup = on);
alter table matters.matter set (autovacuum_vacuum_scale_factor = 0.05);
-- Nine in ten of its updates change an index: room beside the row would save them nothing.
alter table matters.holding set (fillfactor = 100);

-- Who holds a matter lies together under the matter. It is written under the lock of the matter's row and by its version, so that no row of it is written twice.
create index holding_matter on matters.holding (matter);
alter table matters.holding drop constraint holding_pkey;

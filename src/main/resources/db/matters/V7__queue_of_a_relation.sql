-- A verifier's queue is what waits for the check, however much waits for the desk of the same unit.
create index holding_queue_relation on matters.holding (unit, relation, level desc, since, matter) include (state) where turn;

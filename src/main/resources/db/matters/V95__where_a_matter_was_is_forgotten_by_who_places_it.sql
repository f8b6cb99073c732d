-- The statement that places a matter anew forgets where it was, and says so itself. A trigger before each update cost a tenth of it: PostgreSQL then works out anew what is computed from
-- every column, for each row, to learn which columns change.
drop trigger placed_anew on matters.matter;
drop function matters.forget_scope_was();

-- What was open on a day of last year is what is open now without all that came and went since. Where nothing is told apart, that is one number a row, and its cells need not be read.
alter table statistics.cube add column net int;
comment on column statistics.cube.net is 'Of all its cells: received − closed + reopened; in the row of what is open now, how many. Null: written before this column, read from the cells.';

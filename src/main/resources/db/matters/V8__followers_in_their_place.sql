-- The index keeps its position beside itself; the row that was made for it here never moved.
delete from matters.follower where name = 'search';

-- What figures need of an entry's content, drawn out of it when it is written: whether a limit was over, what the reporter said of the result, and for what
-- came from elsewhere when it was answered there. Codes and one time, no words. Null: written before, so that the content itself is read.
alter table matters.entry add column told text;

-- The places of a matter's entries lie together under the matter. One sequencer at a time gives them, to entries that have none; a proof counts them.
create index position_matter on matters.position (matter);
alter table matters.position drop constraint position_matter_seq_key;

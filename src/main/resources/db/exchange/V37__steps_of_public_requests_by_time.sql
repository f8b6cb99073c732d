-- Steps are found by their time, which hardly two share: the index needs no more. One follower at a time writes them, and asks whether one is there.
alter table exchange.public_update drop constraint public_update_by_time;
create index public_update_by_time on exchange.public_update (at);

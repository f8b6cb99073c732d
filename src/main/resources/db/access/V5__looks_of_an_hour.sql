-- How many matters somebody opened in this hour is asked at each first look: it must not cost all that they ever opened.
create index look_hour on access.look (person, hour);

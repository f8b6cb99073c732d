-- How a place looks on a map. It belongs to the place, whatever its code is: a place that is renamed keeps its outline.
create table divisions.outline (
  division uuid primary key references divisions.division (id),
  shape    text not null check (octet_length(shape) between 2 and 400000),
  source   text not null check (char_length(source) between 1 and 120),
  at       timestamptz not null
);
comment on table divisions.outline is
  'class: public. The outline of a place, drawn coarsely: the coordinates of a GeoJSON MultiPolygon (RFC 7946, WGS 84).';
grant select on divisions.outline to heshi_app, heshi_follower;
grant insert on divisions.outline to heshi_app;
grant update (shape, source, at) on divisions.outline to heshi_app;

-- The channel of a figure is that of its matter. It was worked out from the first entry: what was split off, whistles, and what was found on a round of another kind than
-- grid events counted as brought to the window.
update supervision.figure f set channel = m.channel from matters.matter m where m.id = f.matter and f.channel <> m.channel;

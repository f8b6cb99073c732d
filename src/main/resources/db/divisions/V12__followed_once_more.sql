-- Registers follow their places since now: those of codes that ended before follow, too, in the first round.
update divisions.followed set upto = '-infinity';

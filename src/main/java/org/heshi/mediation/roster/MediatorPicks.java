package org.heshi.mediation.roster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Ids;
import org.heshi.matters.Picks;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who may be named as mediator of a case: those of the committee that leads it, suggested ones first and labelled as such with the reasons; whoever has an interest
 * is never suggested.
 */
@Component
class MediatorPicks implements Picks {

    private static final int MOST = 300;
    /** What parties choose from: the same people, and nothing of how much anybody has in hand. */
    private static final String CHOICE = "mediators-to-choose";
    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final Mediators mediators;
    private final Directory directory;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    private final MessageSource messages;
    private final InstantSource clock;

    MediatorPicks(Mediators mediators, Directory directory, TransactionTemplate transactions, InnerScope inner, MessageSource messages, InstantSource clock) {
        this.mediators = mediators;
        this.directory = directory;
        this.transactions = transactions;
        this.inner = inner;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Set<String> lists() {
        return Set.of("mediators", CHOICE);
    }

    @Override
    public List<Pick> offered(String list, UUID matter) {
        if (list.equals(CHOICE)) {
            return toChoose(matter);
        }
        Optional<Suggestion.Asked> asked = mediators.asked(matter);
        if (asked.isEmpty() || !(Acting.current() instanceof Actor.Staff)) {
            return List.of();
        }
        UUID unit = asked.get().unit();
        List<Pick> picks = new ArrayList<>();
        Set<UUID> offered = new HashSet<>();
        mediators.suggest(asked.get(), MOST).stream().filter(one -> one.unit().equals(unit)).forEach(one -> {
            offered.add(one.post());
            picks.add(new Pick(one.post().toString(), both(one.name()), one.skilled()
                    ? words("mediation.roster.suggested.skilled", "mediation.type." + asked.get().type(), one.open(), one.most())
                    : words("mediation.roster.suggested", "", one.open(), one.most())));
        });
        // who is not fit stands last and says why: choosing them is refused with the reason, where there is one in law
        List<HeldPost> holders = directory.holders(unit, Role.MEDIATOR, clock.instant()).stream().filter(held -> !offered.contains(held.post())).toList();
        Map<UUID, Integer> loads = mediators.loads(holders.stream().map(HeldPost::post).toList());
        Standing standing = mediators.standing(unit, holders.stream().map(HeldPost::post).toList());
        holders.stream().sorted(java.util.Comparator.comparing(held -> barred(held, asked.get(), standing))).forEach(held -> {
            int open = loads.getOrDefault(held.post(), 0);
            Optional<Entry> entry = standing.of(held.post());
            picks.add(new Pick(held.post().toString(), both(held.personName()), words(asked.get().out().contains(held.post()) ? "mediation.roster.out"
                    : asked.get().names().contains(held.personName()) ? "mediation.roster.interested"
                    : standing.against(held.post()).map(why -> "mediation.roster.not-named." + why).orElse(entry.filter(one -> open >= one.most()).isPresent() ? "mediation.roster.at-limit"
                    : "mediation.roster.in-hand"), "", open, entry.map(Entry::most).orElse(0))));
        });
        return picks;
    }

    private static boolean barred(HeldPost held, Suggestion.Asked asked, Standing standing) {
        return asked.out().contains(held.post()) || asked.names().contains(held.personName()) || standing.against(held.post()).isPresent();
    }

    /** For a party of the case: whom its committee suggests, by name. The row-level rules of who looks do not reach the roster, so the program itself looks. */
    private List<Pick> toChoose(UUID matter) {
        if (!(Acting.current() instanceof Actor.Resident resident) || !resident.matter().equals(matter)) {
            return List.of();
        }
        List<Pick> picks = new ArrayList<>();
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> mediators.asked(matter).ifPresent(asked -> mediators.suggest(asked, MOST).stream()
                .filter(one -> one.unit().equals(asked.unit())).sorted(java.util.Comparator.comparing(Suggestion::name).thenComparing(Suggestion::post))
                .forEach(one -> picks.add(new Pick(one.post().toString(), both(one.name()), one.skilled() ? words("mediation.roster.good-at", "mediation.type." + asked.type(), 0, 0)
                        : both("")))))));
        return picks;
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        return Ids.find(value).flatMap(post -> Optional.ofNullable(directory.posts(List.of(post)).get(post))).map(post -> {
            String name = directory.holdersOf(List.of(post.id()), clock.instant()).stream().findFirst().map(HeldPost::personName).orElse(post.title());
            return both(name + " · " + directory.findUnit(post.unit()).map(Unit::name).orElse(""));
        });
    }

    private static Bilingual both(String name) {
        return new Bilingual(name, name);
    }

    /** @param type key of a message; may be empty */
    private Bilingual words(String key, String type, int open, int most) {
        return new Bilingual(said(key, type, open, most, Locale.SIMPLIFIED_CHINESE), said(key, type, open, most, Locale.ENGLISH));
    }

    private String said(String key, String type, int open, int most, Locale locale) {
        return messages.getMessage(key, new Object[] {open, most, type.isEmpty() ? "" : messages.getMessage(type, null, locale)}, locale);
    }
}

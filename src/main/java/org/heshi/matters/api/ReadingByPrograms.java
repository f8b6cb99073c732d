package org.heshi.matters.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.access.Looks;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MattersForPrograms;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** A matter through the eyes that a program has: those of its post, where its token is for that, or those of the reporter for whom it reported. */
@Component
@ConditionalOnWebApplication
class ReadingByPrograms implements MattersForPrograms {

    private final ClientMatters reported;
    private final MatterViews views;
    private final ClientPosts posts;
    private final Looks looks;
    private final Procedures procedures;

    ReadingByPrograms(ClientMatters reported, MatterViews views, ClientPosts posts, Looks looks, Procedures procedures) {
        this.procedures = procedures;
        this.reported = reported;
        this.views = views;
        this.posts = posts;
        this.looks = looks;
    }

    @Override
    public Optional<Object> find(Actor.Client client, String number) {
        return read(client, number, "").map(Object.class::cast);
    }

    @Override
    public Map<String, Object> reporting(Locale locale) {
        Procedure intake = procedures.current(Procedure.INTAKE);
        return FieldSchemas.of(intake.findAction("report").orElseThrow(), intake, locale);
    }

    /** @param as {@code staff}, {@code reporter}, or empty for the first that sees it */
    Optional<MatterJson> read(Actor.Client client, String number, String as) {
        Optional<MatterNumber> asked = MatterNumber.parse(number);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<MatterJson> inPost = as.equals(MatterJson.REPORTER) || !works(client) ? Optional.empty() : posts.post(client).flatMap(held -> inPost(new Actor.Staff(held), asked.get()));
        return inPost.isPresent() || as.equals(MatterJson.STAFF) || !client.scopes().contains("follow") ? inPost : asReporter(client, asked.get());
    }

    private static boolean works(Actor.Client client) {
        return client.scopes().contains("search") || client.scopes().contains("act");
    }

    private Optional<MatterJson> inPost(Actor.Staff staff, MatterNumber number) {
        return Acting.as(staff, () -> {
            Optional<UUID> found = views.find(number);
            // no page without the record that it was opened
            found.ifPresent(looks::record);
            return found.map(id -> MatterJson.asStaff(views.get(id), views.history(id)));
        });
    }

    private Optional<MatterJson> asReporter(Actor.Client client, MatterNumber number) {
        return reported.reporter(client, number).map(who -> Acting.as(who, () -> MatterJson.asReporter(views.get(who.matter()), views.history(who.matter()))));
    }
}

package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heshi.Contents;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenEightActOnOneMatterTests {

    private static final int PEOPLE = 8;

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    Chains chains;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private List<Answer> together(Callable<Answer> one) throws Exception {
        CyclicBarrier start = new CyclicBarrier(PEOPLE);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> all = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                all.add(pool.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : all) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private List<Chains.Wrong> wrongs(MatterNumber number) {
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.of(number), wrong::add, _ -> { }));
        return wrong;
    }

    @Test
    void letsExactlyOneWinEachStepAndTheLogHasNoHole() throws Exception {
        Answer.Done m = hall.report();
        List<Map.Entry<Actor, Act>> steps = new ArrayList<>();
        int version = 1;
        for (var step : List.of(
                Map.entry(hall.clerk, Map.entry("confirm", Map.<String, Object>of())),
                Map.entry(hall.dispatcher, Map.entry("sort", Map.<String, Object>of("kind", "service", "category", "02", "level", "red"))),
                Map.entry(hall.dispatcher, Map.entry("assign", Map.<String, Object>of("lead", hall.works.id().toString(), "reason", "职责"))),
                Map.entry(hall.handler, Map.entry("accept", Map.<String, Object>of())),
                Map.entry(hall.handler, Map.entry("handle", Map.<String, Object>of("done", "修好"))),
                Map.entry(hall.handler, Map.entry("answer", Map.<String, Object>of("answer", "修好了"))),
                Map.entry(hall.verifier, Map.entry("verify", Map.<String, Object>of("asked", "seen", "outcome", "resolved"))))) {
            int expected = version++;
            List<Answer> answers = together(() -> Acting.as(step.getKey(), () -> matters.act(
                    Act.on(m.matter(), step.getValue().getKey(), step.getValue().getValue(), expected, Hall.key()))));
            assertThat(answers).as(step.getValue().getKey()).filteredOn(Answer.Done.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Answer.Stale.class::isInstance).hasSize(PEOPLE - 1);
        }
        assertThat(wrongs(m.number())).isEmpty();
        List<Integer> seqs = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ ->
                jdbc.sql("select seq from matters.entry where matter = ? order by seq").param(m.matter()).query(Integer.class).list()));
        assertThat(seqs).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void takesADoubleClickForOne() throws Exception {
        String key = Hall.key();
        Map<String, Object> input = Map.of("title", "井盖", "description", "井盖没了", "place", hall.county);
        List<Answer> answers = together(() -> Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, key))));
        assertThat(answers).allSatisfy(a -> assertThat(a).isInstanceOf(Answer.Done.class));
        assertThat(answers.stream().map(a -> ((Answer.Done) a).number()).distinct()).hasSize(1);
        assertThat(answers.stream().filter(a -> ((Answer.Done) a).code().isPresent())).hasSize(1);
    }

    @Test
    void refusesToUpdateOrDeleteAnEntryToEveryRoleTheProgramUses() {
        Answer.Done m = hall.report();
        for (String sql : List.of("update matters.entry_row set content = 'x' where matter = ?", "delete from matters.entry_row where matter = ?")) {
            assertThatThrownBy(() -> Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).param(m.matter()).update())))
                    .as(sql).isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(() -> transactions.execute(_ -> jdbc.sql("truncate matters.entry_row cascade").update())).isInstanceOf(DataAccessException.class);
        List<String> mayChange = transactions.execute(_ -> jdbc.sql("""
                select r.rolname || ' ' || p.privilege from pg_roles r, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p (privilege)
                where r.rolname in ('heshi_app', 'heshi_follower') and (has_table_privilege(r.rolname, 'matters.entry_row', p.privilege) or has_table_privilege(r.rolname, 'matters.step', p.privilege)
                  or has_table_privilege(r.rolname, 'matters.entry', p.privilege))
                """).query(String.class).list());
        assertThat(mayChange).isEmpty();
    }

    @Test
    void namesTheEntryWhenASuperuserAlteredOneByte() throws SQLException {
        Answer.Done m = hall.accepted();
        assertThat(wrongs(m.number())).isEmpty();
        try (Connection superuser = org.heshi.SuperuserConnection.open(context); var s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            Contents.change(s, "seq = 3 and matter = '" + m.matter() + "'", false, said -> said.replace("\"level\":\"yellow\"", "\"level\":\"yellos\""));
        }
        assertThat(wrongs(m.number())).extracting(Chains.Wrong::seq, Chains.Wrong::what).containsExactly(
                org.assertj.core.groups.Tuple.tuple(3, "content-changed"));
        assertThat(wrongs(m.number()).getFirst().number()).contains(m.number());
        try (Connection superuser = org.heshi.SuperuserConnection.open(context); var s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            Contents.change(s, "seq = 3 and matter = '" + m.matter() + "'", false, said -> said.replace("yellos", "yellow"));
            s.execute("update matters.particular set sealed = set_byte(sealed, octet_length(sealed) - 1, (get_byte(sealed, octet_length(sealed) - 1) + 1) % 256) where field = 'description' and matter = '" + m.matter() + "'");
        }
        assertThat(wrongs(m.number())).extracting(Chains.Wrong::seq, Chains.Wrong::what).containsExactly(
                org.assertj.core.groups.Tuple.tuple(1, "particular-changed"));
        try (Connection superuser = org.heshi.SuperuserConnection.open(context); var s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute("update matters.particular set sealed = null, erased_at = now() where field = 'description' and matter = '"
                    + m.matter() + "'");
        }
        assertThat(wrongs(m.number())).as("what no entry says was erased was hidden").extracting(Chains.Wrong::what).containsExactly("particular-hidden");
    }
}
